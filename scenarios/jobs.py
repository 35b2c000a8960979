"""The job that loads an example place."""

from chelun.platform.jobs.kinds import JobKind, job_kind
from scenarios.loading import KIND, KIND_LABEL, run

job_kind(JobKind(KIND, KIND_LABEL, run))
