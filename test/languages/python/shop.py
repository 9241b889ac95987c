import jsii
from cdk8s import App, Chart
from cdk8s_plus_28 import ContainerPort
from cdk8s_pod_patterns import FluentBit, FluentBitOutput, ICompanion, MultiContainerPod, WebWithLogAgentDeployment


@jsii.implements(ICompanion)
class Echo:
    def bind(self, pod: MultiContainerPod) -> None:
        ports = [ContainerPort(name="echo", number=7007)]
        pod.add_sidecar(name="echo", image="acme/echo:1.0.0", user=1000, ports=ports)


app = App()
shop = WebWithLogAgentDeployment(
    Chart(app, "shop"),
    "shop",
    log_agent=FluentBit(output=FluentBitOutput.loki(host="loki.logging", labels={"app": "shop"})),
)
shop.pod.add(Echo())
shop.expose(port=80)
app.synth()
