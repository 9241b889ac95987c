// The pods of README in Go.
//
// `go run ./app <folder>` writes the YAML of four charts there, by App and by FastApp, and prints what the rules and the kernel
// have to say.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-pod-patterns/cdk8s-pod-patterns-go/podpatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

type echo struct{}

func (*echo) Bind(pod podpatterns.MultiContainerPod) {
	pod.AddSidecar(&podpatterns.SidecarProps{
		Name:  jsii.String("echo"),
		Image: jsii.String("acme/echo:1.0.0"),
		User:  jsii.Number(1000),
		Ports: &[]*kplus.ContainerPort{{Name: jsii.String("echo"), Number: jsii.Number(7007)}},
	})
}

func newChart(app cdk8s.App, id string) cdk8s.Chart {
	return cdk8s.NewChart(app, jsii.String(id), nil)
}

// A web server of one's own with its log agent.
func addShop(app cdk8s.App) {
	shop := podpatterns.NewWebWithLogAgentDeployment(newChart(app, "shop"), jsii.String("shop"),
		&podpatterns.WebWithLogAgentDeploymentProps{
			Replicas: jsii.Number(3),
			Web: podpatterns.WebServer_Of(&podpatterns.WebServerProps{
				Image:               jsii.String("acme/shop:1.4.2"),
				Port:                jsii.Number(8080),
				User:                jsii.Number(1000),
				WritableDirectories: jsii.Strings("/tmp"),
				Logs: podpatterns.LogFiles_InDirectory(jsii.String("/var/log/shop"),
					&podpatterns.LogFilesOptions{Pattern: jsii.String("*.log")}),
				Rotation: podpatterns.LogRotation_ByApplication(nil),
			}),
			LogAgent: podpatterns.NewFluentBit(&podpatterns.FluentBitProps{
				Output: podpatterns.FluentBitOutput_Loki(&podpatterns.FluentBitLokiOptions{
					Host:   jsii.String("loki.logging"),
					Port:   jsii.Number(3100),
					Labels: &map[string]*string{"app": jsii.String("shop")},
				}),
			}),
		})
	shop.Expose(&podpatterns.ExposeOptions{Port: jsii.Number(80)})
	shop.ScaleOnCpu(&podpatterns.ScaleOnCpuOptions{
		MinReplicas:        jsii.Number(3),
		MaxReplicas:        jsii.Number(30),
		AverageUtilization: jsii.Number(60),
	})
	half := kplus.PercentOrAbsolute_Percent(jsii.Number(50))
	shop.KeepAvailable(&podpatterns.KeepAvailableOptions{MinAvailable: half})
}

// An agent beside a workload that exists, and more of the pod's storage and network.
func addReport(app cdk8s.App) {
	job := kplus.NewCronJob(newChart(app, "report"), jsii.String("report"), &kplus.CronJobProps{
		Schedule: cdk8s.Cron_Daily(),
		Containers: &[]*kplus.ContainerProps{{
			Name:            jsii.String("report"),
			Image:           jsii.String("acme/report:2.0.1"),
			SecurityContext: &kplus.ContainerSecurityContextProps{User: jsii.Number(1000)},
		}},
	})
	pod := podpatterns.MultiContainerPod_Of(job, nil)
	settings := map[string]interface{}{"host": "logs", "port": 24224, "retry_limit": 3, "tls": true}
	pod.Add(podpatterns.NewFluentBit(&podpatterns.FluentBitProps{
		Logs: podpatterns.LogFiles_InDirectory(jsii.String("/var/log/report"),
			&podpatterns.LogFilesOptions{Pattern: jsii.String("*.log")}),
		Output: podpatterns.FluentBitOutput_Of(jsii.String("forward"), &settings, nil),
	}), nil)
	cache := pod.Storage().Share(jsii.String("cache"),
		&podpatterns.VolumeOptions{SizeLimit: cdk8s.Size_Mebibytes(jsii.Number(64))})
	cache.WrittenBy(jsii.String("report"), jsii.String("/var/cache/report"))
	admin := pod.Network().Claim(&podpatterns.ClaimOptions{
		Container: jsii.String("report"),
		Port:      jsii.Number(9000),
		Name:      jsii.String("admin"),
		Loopback:  jsii.Bool(true),
	})
	pod.Main().Env().AddVariable(jsii.String("ADMIN_URL"), kplus.EnvValue_FromValue(admin.Url()))
}

// A companion of one's own beside a Deployment.
func addApi(app cdk8s.App) {
	deployment := kplus.NewDeployment(newChart(app, "api"), jsii.String("api"), &kplus.DeploymentProps{
		Containers: &[]*kplus.ContainerProps{{
			Name:            jsii.String("api"),
			Image:           jsii.String("acme/api:1.4.0"),
			Ports:           &[]*kplus.ContainerPort{{Name: jsii.String("http"), Number: jsii.Number(8080)}},
			SecurityContext: &kplus.ContainerSecurityContextProps{User: jsii.Number(1000)},
		}},
	})
	podpatterns.MultiContainerPod_Of(deployment, nil).Add(&echo{}, nil)
}

func synthesize(app cdk8s.App) {
	podpatterns.NewWebWithLogAgentPod(newChart(app, "my-app"), jsii.String("my-app"), nil)
	addShop(app)
	addReport(app)
	addApi(app)
	app.Synth()
}

// The message of the error that a call ends in.
func messageOf(call func()) (message string) {
	defer func() {
		if err := recover(); err != nil {
			message = fmt.Sprint(err)
		}
	}()
	call()
	return "no error"
}

// Two containers of a pod on one port.
func clash() {
	chart := newChart(cdk8s.Testing_App(nil), "shop")
	web := kplus.NewPod(chart, jsii.String("web"), &kplus.PodProps{
		Containers: &[]*kplus.ContainerProps{{Image: jsii.String("acme/web:1"), PortNumber: jsii.Number(8080)}},
	})
	podpatterns.MultiContainerPod_Of(web, nil).AddSidecar(&podpatterns.SidecarProps{
		Name:  jsii.String("proxy"),
		Image: jsii.String("acme/proxy:1"),
		User:  jsii.Number(1000),
		Ports: &[]*kplus.ContainerPort{{Name: jsii.String("proxy"), Number: jsii.Number(8080)}},
	})
}

// A Deployment as it is often written.
func newPlain(app cdk8s.App) cdk8s.Chart {
	chart := newChart(app, "plain")
	kplus.NewDeployment(chart, jsii.String("plain"), &kplus.DeploymentProps{
		Containers: &[]*kplus.ContainerProps{{Name: jsii.String("plain"), Image: jsii.String("acme/plain")}},
	})
	return chart
}

func enforce() {
	app := cdk8s.Testing_App(nil)
	chart := newPlain(app)
	podpatterns.PodRules_Enforce(app, &podpatterns.EnforceOptions{FailOn: podpatterns.Severity_WARNING})
	cdk8s.Testing_Synth(chart)
}

func main() {
	outdir := os.Args[1]
	synthesize(cdk8s.NewApp(&cdk8s.AppProps{Outdir: jsii.String(filepath.Join(outdir, "app"))}))
	synthesize(podpatterns.NewFastApp(&cdk8s.AppProps{Outdir: jsii.String(filepath.Join(outdir, "fast"))}))
	fmt.Println("clash:", messageOf(clash))
	report := podpatterns.PodRules_Check(cdk8s.Testing_Synth(newPlain(cdk8s.Testing_App(nil))), nil)
	for _, finding := range *report.Findings() {
		severity := strings.ToLower(string(finding.Severity))
		fmt.Printf("check: %s %s at %s: %s; %s\n", severity, *finding.Rule, *finding.Path, *finding.Message, *finding.Fix)
	}
	fmt.Println("enforce:", messageOf(enforce))
}
