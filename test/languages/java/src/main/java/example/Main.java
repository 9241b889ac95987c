package example;

import io.github.cdk8spodpatterns.ClaimOptions;
import io.github.cdk8spodpatterns.EnforceOptions;
import io.github.cdk8spodpatterns.ExposeOptions;
import io.github.cdk8spodpatterns.FastApp;
import io.github.cdk8spodpatterns.Finding;
import io.github.cdk8spodpatterns.FluentBit;
import io.github.cdk8spodpatterns.FluentBitLokiOptions;
import io.github.cdk8spodpatterns.FluentBitOutput;
import io.github.cdk8spodpatterns.ICompanion;
import io.github.cdk8spodpatterns.KeepAvailableOptions;
import io.github.cdk8spodpatterns.LogFilesOptions;
import io.github.cdk8spodpatterns.LogFiles;
import io.github.cdk8spodpatterns.LogRotation;
import io.github.cdk8spodpatterns.MultiContainerPod;
import io.github.cdk8spodpatterns.PodRules;
import io.github.cdk8spodpatterns.ScaleOnCpuOptions;
import io.github.cdk8spodpatterns.Severity;
import io.github.cdk8spodpatterns.SharedVolume;
import io.github.cdk8spodpatterns.SidecarProps;
import io.github.cdk8spodpatterns.VolumeOptions;
import io.github.cdk8spodpatterns.WebServer;
import io.github.cdk8spodpatterns.WebServerProps;
import io.github.cdk8spodpatterns.WebWithLogAgentDeployment;
import io.github.cdk8spodpatterns.WebWithLogAgentPod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.AppProps;
import org.cdk8s.Chart;
import org.cdk8s.Cron;
import org.cdk8s.Size;
import org.cdk8s.Testing;
import org.cdk8s.plus28.ContainerPort;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.ContainerSecurityContextProps;
import org.cdk8s.plus28.CronJob;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.PercentOrAbsolute;
import org.cdk8s.plus28.Pod;

/**
 * The pods of README in Java. {@code Main <folder>} writes the YAML of four charts there, by App and by FastApp, and prints what the
 * rules and the kernel have to say.
 */
public class Main {
    static class Echo implements ICompanion {
        @Override
        public void bind(MultiContainerPod pod) {
            pod.addSidecar(SidecarProps.builder()
                .name("echo")
                .image("acme/echo:1.0.0")
                .user(1000)
                .ports(List.of(ContainerPort.builder().name("echo").number(7007).build()))
                .build());
        }
    }

    /** A web server of one's own with its log agent. */
    static void addShop(App app) {
        WebWithLogAgentDeployment shop = WebWithLogAgentDeployment.Builder.create(new Chart(app, "shop"), "shop")
            .replicas(3)
            .web(WebServer.of(WebServerProps.builder()
                .image("acme/shop:1.4.2")
                .port(8080)
                .user(1000)
                .writableDirectories(List.of("/tmp"))
                .logs(logsIn("/var/log/shop"))
                .rotation(LogRotation.byApplication())
                .build()))
            .logAgent(FluentBit.Builder.create()
                .output(FluentBitOutput.loki(FluentBitLokiOptions.builder()
                    .host("loki.logging")
                    .port(3100)
                    .labels(Map.of("app", "shop"))
                    .build()))
                .build())
            .build();
        shop.expose(ExposeOptions.builder().port(80).build());
        shop.scaleOnCpu(ScaleOnCpuOptions.builder().minReplicas(3).maxReplicas(30).averageUtilization(60).build());
        shop.keepAvailable(KeepAvailableOptions.builder().minAvailable(PercentOrAbsolute.percent(50)).build());
    }

    static LogFiles logsIn(String directory) {
        return LogFiles.inDirectory(directory, LogFilesOptions.builder().pattern("*.log").build());
    }

    /** An agent beside a workload that exists, and more of the pod's storage and network. */
    static void addReport(App app) {
        CronJob job = CronJob.Builder.create(new Chart(app, "report"), "report")
            .schedule(Cron.daily())
            .containers(List.of(ContainerProps.builder()
                .name("report")
                .image("acme/report:2.0.1")
                .securityContext(ContainerSecurityContextProps.builder().user(1000).build())
                .build()))
            .build();
        MultiContainerPod pod = MultiContainerPod.of(job);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("host", "logs");
        settings.put("port", 24224);
        settings.put("retry_limit", 3);
        settings.put("tls", true);
        pod.add(FluentBit.Builder.create()
            .logs(logsIn("/var/log/report"))
            .output(FluentBitOutput.of("forward", settings))
            .build());
        SharedVolume cache = pod.getStorage().share("cache", VolumeOptions.builder().sizeLimit(Size.mebibytes(64)).build());
        cache.writtenBy("report", "/var/cache/report");
        String admin = pod.getNetwork()
            .claim(ClaimOptions.builder().container("report").port(9000).name("admin").loopback(true).build())
            .getUrl();
        pod.getMain().getEnv().addVariable("ADMIN_URL", EnvValue.fromValue(admin));
    }

    /** A companion of one's own beside a Deployment. */
    static void addApi(App app) {
        Deployment deployment = Deployment.Builder.create(new Chart(app, "api"), "api")
            .containers(List.of(ContainerProps.builder()
                .name("api")
                .image("acme/api:1.4.0")
                .ports(List.of(ContainerPort.builder().name("http").number(8080).build()))
                .securityContext(ContainerSecurityContextProps.builder().user(1000).build())
                .build()))
            .build();
        MultiContainerPod.of(deployment).add(new Echo());
    }

    static void synthesize(App app) {
        new WebWithLogAgentPod(new Chart(app, "my-app"), "my-app");
        addShop(app);
        addReport(app);
        addApi(app);
        app.synth();
    }

    /** The message of the error that a call ends in, without the stack of jsii that stands behind it. */
    static String messageOf(Runnable call) {
        try {
            call.run();
            return "no error";
        } catch (RuntimeException error) {
            return error.getMessage().split("\n@jsii/kernel")[0];
        }
    }

    /** Two containers of a pod on one port. */
    static void clash() {
        Pod web = Pod.Builder.create(new Chart(Testing.app(), "shop"), "web")
            .containers(List.of(ContainerProps.builder().image("acme/web:1").portNumber(8080).build()))
            .build();
        MultiContainerPod.of(web).addSidecar(SidecarProps.builder()
            .name("proxy")
            .image("acme/proxy:1")
            .user(1000)
            .ports(List.of(ContainerPort.builder().name("proxy").number(8080).build()))
            .build());
    }

    /** A Deployment as it is often written. */
    static Chart createPlain(App app) {
        Chart chart = new Chart(app, "plain");
        Deployment.Builder.create(chart, "plain")
            .containers(List.of(ContainerProps.builder().name("plain").image("acme/plain").build()))
            .build();
        return chart;
    }

    static void enforce() {
        App app = Testing.app();
        Chart chart = createPlain(app);
        PodRules.enforce(app, EnforceOptions.builder().failOn(Severity.WARNING).build());
        Testing.synth(chart);
    }

    public static void main(String[] args) {
        synthesize(new App(AppProps.builder().outdir(args[0] + "/app").build()));
        synthesize(new FastApp(AppProps.builder().outdir(args[0] + "/fast").build()));
        System.out.println("clash: " + messageOf(Main::clash));
        @SuppressWarnings("unchecked")
        List<Object> manifests = (List<Object>) Testing.synth(createPlain(Testing.app()));
        for (Finding finding : PodRules.check(manifests).getFindings()) {
            String severity = finding.getSeverity().name().toLowerCase();
            String place = severity + " " + finding.getRule() + " at " + finding.getPath();
            System.out.println("check: " + place + ": " + finding.getMessage() + "; " + finding.getFix());
        }
        System.out.println("enforce: " + messageOf(Main::enforce));
    }
}
