package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-pod-patterns/cdk8s-pod-patterns-go/podpatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

type Echo struct{}

func (*Echo) Bind(pod podpatterns.MultiContainerPod) {
	pod.AddSidecar(&podpatterns.SidecarProps{
		Name:  jsii.String("echo"),
		Image: jsii.String("acme/echo:1.0.0"),
		User:  jsii.Number(1000),
		Ports: &[]*kplus.ContainerPort{{Name: jsii.String("echo"), Number: jsii.Number(7007)}},
	})
}

func main() {
	app := cdk8s.NewApp(nil)
	shop := podpatterns.NewWebWithLogAgentDeployment(
		cdk8s.NewChart(app, jsii.String("shop"), nil),
		jsii.String("shop"),
		&podpatterns.WebWithLogAgentDeploymentProps{
			LogAgent: podpatterns.NewFluentBit(&podpatterns.FluentBitProps{
				Output: podpatterns.FluentBitOutput_Loki(&podpatterns.FluentBitLokiOptions{
					Host:   jsii.String("loki.logging"),
					Labels: &map[string]*string{"app": jsii.String("shop")},
				}),
			}),
		},
	)
	shop.Pod().Add(&Echo{}, nil)
	shop.Expose(&podpatterns.ExposeOptions{Port: jsii.Number(80)})
	app.Synth()
}
