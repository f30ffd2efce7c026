"""CloudStack's error numbers and the two ways an operation ends badly."""

from enum import Enum, IntEnum


class ErrorCode(IntEnum):
    """ApiErrorCode (semantics 7.3): the HTTP status and the `errorcode` of a reply."""

    BAD_REQUEST = 400
    UNAUTHORIZED = 401
    METHOD_NOT_ALLOWED = 405
    API_LIMIT_EXCEED = 429
    MALFORMED_PARAMETER = 430
    PARAM = 431
    UNSUPPORTED_ACTION = 432
    SERVICE_UNAVAILABLE = 503
    UNAUTHORIZED2FA = 511
    INTERNAL = 530
    ACCOUNT = 531
    ACCOUNT_RESOURCE_LIMIT = 532
    INSUFFICIENT_CAPACITY = 533
    RESOURCE_UNAVAILABLE = 534
    RESOURCE_ALLOCATION = 535


class Kind(Enum):
    """What CloudStack throws: (code in the HTTP reply, its cserrorcode, code in a job result).

    The same exception answers differently by where it surfaces (semantics 0 and 7.3). A fourth
    member says that an HTTP reply shows the text to root admins alone: the server does so with
    what no command caught.
    """

    PARAM = (431, 4350, 431)  # InvalidParameterValueException
    BRACKETS = (430, 9999, 430)  # ServerApiException(MALFORMED_PARAMETER_ERROR)
    MALFORMED = (431, 9999, 431)  # ServerApiException(PARAM_ERROR)
    ARGUMENT = (431, 9999, 530)  # IllegalArgumentException
    UNSUPPORTED = (432, 9999, 432)  # ServerApiException(UNSUPPORTED_ACTION_ERROR)
    UNAUTHORIZED = (401, None, 530)  # no exception: the servlet answers itself
    DENIED = (531, 4365, 530)  # PermissionDeniedException
    LIMIT = (535, 4370, 530)  # ResourceAllocationException
    ACCOUNT_LIMIT = (532, 4280, 532)  # AccountLimitException
    LIMIT_API = (535, 9999, 535)  # the same, rethrown by the command as ServerApiException
    CAPACITY = (533, 9999, 533)  # InsufficientCapacityException, rethrown by the command
    CONFLICT = (537, 4360, 537)  # NetworkRuleConflictException, rethrown as a cause
    CONFLICT_API = (537, 9999, 537)  # the same, rethrown by the command by its text alone
    UNAVAILABLE = (534, 9999, 534)  # ResourceUnavailableException, rethrown by the command
    RUNTIME = (530, 4250, 530, True)  # CloudRuntimeException
    RUNTIME_API = (530, 4250, 530)  # the same, rethrown by the command as ServerApiException
    PARAM_API = (530, 4350, 530)  # InvalidParameterValueException, rethrown by the command
    WRAPPED = (530, 0, 530, True)  # CloudRuntimeException(Throwable), which sets no cserrorcode
    INTERNAL = (530, 9999, 530)  # ServerApiException(INTERNAL_ERROR), or any Throwable in a job
    UNCAUGHT = (530, 9999, 530, True)  # any other Throwable
    NOTHING = (200, None, 530)  # what only the servlet caught: a status and no answer

    def __init__(
        self, sync_code: int, cs_code: int | None, job_code: int, hidden: bool = False
    ) -> None:
        self.sync_code, self.cs_code, self.job_code = sync_code, cs_code, job_code
        self.hidden = hidden


Ids = tuple[tuple[str, str], ...]


class CloudError(Exception):
    """An operation ended badly, in a way the caller is told about.

    All state is positional: SimPy rebuilds exceptions from their args. *reason* says in a word or
    two what lay behind it, for those who count failures.
    """

    reason = ""
    ids: Ids = ()
    """What the reply lists as `uuidList`: (uuid, what it is of)."""

    def __init__(self, kind: Kind, text: str) -> None:
        super().__init__(kind, text)
        self.kind, self.text = kind, text


class Refused(CloudError):
    """Rule *rule_id* said no; every record stands as before."""

    def __init__(self, kind: Kind, text: str, rule_id: str, ids: Ids = ()) -> None:
        super().__init__(kind, text)
        self.args = (kind, text, rule_id, ids)
        self.rule_id = self.reason = rule_id
        self.ids = ids


class Broke(CloudError):
    """The infrastructure failed an allowed operation."""

    def __init__(self, text: str, kind: Kind = Kind.RUNTIME, reason: str = "broke") -> None:
        super().__init__(kind, text)
        self.args = (text, kind, reason)
        self.reason = reason


class TimedOut(Broke):
    """A host did not answer in time; it may have done what it was sent all the same."""

    def __init__(self, text: str, kind: Kind = Kind.RUNTIME, reason: str = "timeout") -> None:
        super().__init__(text, kind, reason)


HIDDEN = "Internal error executing command, please contact your system administrator"
"""What all but root admins read in place of a text that is hidden from them."""
INTERNAL_TEXT = "Command failed due to Internal Server Error"
"""What a job says when the exception had no message (ground truth C7)."""
