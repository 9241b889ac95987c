package example;

import io.github.cdk8spodpatterns.ExposeOptions;
import io.github.cdk8spodpatterns.FluentBit;
import io.github.cdk8spodpatterns.FluentBitLokiOptions;
import io.github.cdk8spodpatterns.FluentBitOutput;
import io.github.cdk8spodpatterns.ICompanion;
import io.github.cdk8spodpatterns.MultiContainerPod;
import io.github.cdk8spodpatterns.SidecarProps;
import io.github.cdk8spodpatterns.WebWithLogAgentDeployment;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus28.ContainerPort;

public class Shop {
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

    public static void main(String[] args) {
        App app = new App();
        FluentBitLokiOptions loki =
            FluentBitLokiOptions.builder().host("loki.logging").labels(Map.of("app", "shop")).build();
        WebWithLogAgentDeployment shop = WebWithLogAgentDeployment.Builder.create(new Chart(app, "shop"), "shop")
            .logAgent(FluentBit.Builder.create().output(FluentBitOutput.loki(loki)).build())
            .build();
        shop.getPod().add(new Echo());
        shop.expose(ExposeOptions.builder().port(80).build());
        app.synth();
    }
}
