"""What of the differences between releases (versions.md) no flag stands for or shows."""

WITHOUT_FLAG: dict[str, str] = {
    "17": "no VM is BackingUp, no volume Consolidating: states of 4.23 for backups",
    "18": "backups have no model, so neither has KBOSS of 4.23, which prepares a detach",
    "20": "there are no backups, and without one an expunge takes the offering away",
    "21": "an expunge does not fail but as the stop of its VM does",
    "25": "not to be read which failures of changeOfferingForVolume 4.23 words as one",
    "32": "hosts refuse or answer late; none is out of an agent's reach",
    "33": "usage records are not served",
}
"""Row of versions.md -> why no flag stands for it."""
NOT_SHOWN: dict[str, str] = {
    "3": "the moment between test and count of a command that is answered at once",
    "11": "the cause that a start names whose VM has no way to Starting, or no host any more",
    "22": "how often a start was tried, and the last error, which root admins read",
    "27": "storageid of createVolume, since 4.22.1",
    "31": "the id that detachIso takes, and vm.iso.max.count",
    "section 5": "the words of events, which are those of 4.22.0; what 4.20.3, 4.22.1 and 4.23 "
    "say where only older sources were read",
    "assignVirtualMachine": "4.18 to 4.20.0 answer 530 with the text of each reason, here as "
    "4.20.1 does",
    "section 6": "jobs found by their resource, required parameters and fields of 4.22.1 and 4.23",
    "section 7": "VMs that a restart of 4.18 leaves Starting or Stopping, what a server that shuts "
    "down refuses, API keys that are off or many, cookies, and a logout without a session",
}
"""Row or section of versions.md -> what of it no flag shows."""
