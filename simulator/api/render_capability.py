"""What a cloud can, as CloudStack's JSON; an administrator may what users may by settings alone."""

from simulator.api.command import Call
from simulator.api.shape import Always, Shape, boolean, integer, long, text
from simulator.domain.access import is_admin


def _may(call: Call, setting: str) -> bool:
    """Return whether the caller may what a setting lets users do."""
    return is_admin(call.account) or call.world.settings.flag(setting)


CAPABILITY = Shape[Call](
    "capability",
    boolean("securitygroupsenabled", "whether security groups are in use", Always(False)),
    boolean("dynamicrolesenabled", "whether roles can be made", Always(True)),
    text("cloudstackversion", "version of the server", lambda call: call.world.dialect.version),
    boolean("userpublictemplateenabled", "whether users may publish templates", Always(True)),
    text("supportELB", "whether there is elastic load balancing", Always("false")),
    boolean("projectinviterequired", "whether members are invited first", Always(False)),
    boolean("allowusercreateprojects", "whether users may create projects",
            lambda call: call.world.settings.flag("allow.user.create.projects")),
    long("customdiskofferingminsize", "smallest custom disk in GiB",
         lambda call: int(call.world.settings.number("custom.diskoffering.size.min"))),
    long("customdiskofferingmaxsize", "largest custom disk in GiB",
         lambda call: int(call.world.settings.number("custom.diskoffering.size.max"))),
    boolean("regionsecondaryenabled", "whether the region shares secondary storage",
            Always(False)),
    boolean("kvmsnapshotenabled", "whether running KVM VMs can be snapshotted", Always(True)),
    boolean("allowuserviewdestroyedvm", "whether users see destroyed VMs",
            lambda call: _may(call, "allow.user.view.destroyed.vm")),
    boolean("allowuserexpungerecovervm", "whether users may expunge and recover VMs",
            lambda call: _may(call, "allow.user.expunge.recover.vm")),
    boolean("allowuserexpungerecovervolume", "whether users may expunge and recover volumes",
            lambda call: _may(call, "allow.user.expunge.recover.volume")),
    boolean("allowuserviewalldomainaccounts", "whether users see all accounts of their domain",
            Always(False)),
    boolean("allowuserforcestopvm", "whether users may force a VM to stop",
            lambda call: _may(call, "allow.user.force.stop.vm")),
    boolean("kubernetesserviceenabled", "whether there are Kubernetes clusters", Always(False)),
    boolean("kubernetesclusterexperimentalfeaturesenabled",
            "whether experimental Kubernetes features are on", Always(False)),
    text("customhypervisordisplayname", "name shown for a custom hypervisor", Always("Custom")),
    long("defaultuipagesize", "rows of a page in the user interface", Always(20)),
    integer("instancesstatsretentiontime", "minutes statistics of VMs are kept", Always(720)),
    boolean("instancesstatsuseronly", "whether statistics are kept of users' VMs alone",
            Always(False)),
    boolean("instancesdisksstatsretentionenabled", "whether statistics of disks are kept",
            Always(False)),
    integer("instancesdisksstatsretentiontime", "minutes statistics of disks are kept",
            Always(720)),
    integer("sharedfsvmmincpucount", "fewest cores of a shared file system's VM", Always(2)),
    integer("sharedfsvmminramsize", "least memory of a shared file system's VM in MiB",
            Always(1024)),
    boolean("instanceleaseenabled", "whether VMs can be leased", Always(False)),
    text("extensionspath", "where extensions are kept",
         lambda call: "/usr/share/extensions" if call.is_root else None),
    boolean("dynamicscalingenabled", "whether running VMs can be scaled",
            lambda call: call.world.settings.flag("enable.dynamic.scale.vm")),
    boolean("additionalconfigenabled", "whether extra VM configuration is allowed",
            Always(False)),
)  # fmt: skip
