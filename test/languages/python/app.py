"""The pods of README in Python.

`python app.py <folder>` writes the YAML of four charts there, by `App` and by `FastApp`, and prints what the rules and the
kernel have to say.
"""

import sys
from pathlib import Path
from typing import Callable

import cdk8s_plus_28 as kplus
import jsii
from cdk8s import App, Chart, Cron, Size, Testing
from cdk8s_pod_patterns import (
    FastApp,
    FluentBit,
    FluentBitOutput,
    ICompanion,
    LogFiles,
    LogRotation,
    MultiContainerPod,
    PodRules,
    Severity,
    WebServer,
    WebWithLogAgentDeployment,
    WebWithLogAgentPod,
)


@jsii.implements(ICompanion)
class Echo:
    def bind(self, pod: MultiContainerPod) -> None:
        port = kplus.ContainerPort(name="echo", number=7007)
        pod.add_sidecar(name="echo", image="acme/echo:1.0.0", user=1000, ports=[port])


def add_shop(app: App) -> None:
    """A web server of one's own with its log agent."""
    shop = WebWithLogAgentDeployment(
        Chart(app, "shop"),
        "shop",
        replicas=3,
        web=WebServer.of(
            image="acme/shop:1.4.2",
            port=8080,
            user=1000,
            writable_directories=["/tmp"],
            logs=LogFiles.in_directory("/var/log/shop", pattern="*.log"),
            rotation=LogRotation.by_application(),
        ),
        log_agent=FluentBit(
            output=FluentBitOutput.loki(host="loki.logging", port=3100, labels={"app": "shop"}),
        ),
    )
    shop.expose(port=80)
    shop.scale_on_cpu(min_replicas=3, max_replicas=30, average_utilization=60)
    shop.keep_available(min_available=kplus.PercentOrAbsolute.percent(50))


def add_report(app: App) -> None:
    """An agent beside a workload that exists, and more of the pod's storage and network."""
    job = kplus.CronJob(
        Chart(app, "report"),
        "report",
        schedule=Cron.daily(),
        containers=[
            kplus.ContainerProps(
                name="report",
                image="acme/report:2.0.1",
                security_context=kplus.ContainerSecurityContextProps(user=1000),
            )
        ],
    )
    pod = MultiContainerPod.of(job)
    pod.add(
        FluentBit(
            logs=LogFiles.in_directory("/var/log/report", pattern="*.log"),
            output=FluentBitOutput.of("forward", {"host": "logs", "port": 24224, "retry_limit": 3, "tls": True}),
        )
    )
    cache = pod.storage.share("cache", size_limit=Size.mebibytes(64))
    cache.written_by("report", "/var/cache/report")
    admin = pod.network.claim(container="report", port=9000, name="admin", loopback=True)
    pod.main.env.add_variable("ADMIN_URL", kplus.EnvValue.from_value(admin.url))


def add_api(app: App) -> None:
    """A companion of one's own beside a Deployment."""
    deployment = kplus.Deployment(
        Chart(app, "api"),
        "api",
        containers=[
            kplus.ContainerProps(
                name="api",
                image="acme/api:1.4.0",
                ports=[kplus.ContainerPort(name="http", number=8080)],
                security_context=kplus.ContainerSecurityContextProps(user=1000),
            )
        ],
    )
    MultiContainerPod.of(deployment).add(Echo())


def synthesize(app: App) -> None:
    WebWithLogAgentPod(Chart(app, "my-app"), "my-app")
    add_shop(app)
    add_report(app)
    add_api(app)
    app.synth()


def message_of(call: Callable[[], object]) -> str:
    """The message of the error that a call ends in."""
    try:
        call()
    except RuntimeError as error:
        return str(error)
    return "no error"


def clash() -> None:
    """Two containers of a pod on one port."""
    chart = Chart(Testing.app(), "shop")
    web = kplus.ContainerProps(image="acme/web:1", port_number=8080)
    pod = MultiContainerPod.of(kplus.Pod(chart, "web", containers=[web]))
    proxy = kplus.ContainerPort(name="proxy", number=8080)
    pod.add_sidecar(name="proxy", image="acme/proxy:1", user=1000, ports=[proxy])


def create_plain(app: App) -> Chart:
    """A Deployment as it is often written."""
    chart = Chart(app, "plain")
    kplus.Deployment(chart, "plain", containers=[kplus.ContainerProps(name="plain", image="acme/plain")])
    return chart


def enforce() -> None:
    app = Testing.app()
    chart = create_plain(app)
    PodRules.enforce(app, fail_on=Severity.WARNING)
    Testing.synth(chart)


def main(outdir: Path) -> None:
    synthesize(App(outdir=str(outdir / "app")))
    synthesize(FastApp(outdir=str(outdir / "fast")))
    print(f"clash: {message_of(clash)}")
    for finding in PodRules.check(Testing.synth(create_plain(Testing.app()))).findings:
        severity = finding.severity.value.lower()
        print(f"check: {severity} {finding.rule} at {finding.path}: {finding.message}; {finding.fix}")
    print(f"enforce: {message_of(enforce)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
