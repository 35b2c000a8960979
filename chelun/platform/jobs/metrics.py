"""The readings of all health checks in the text format of Prometheus."""

from chelun.core.health import HEALTH, TONES
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.models import Job


def metrics_text() -> str:
    """`chelun_health` is the reading, `chelun_health_state` 0 well, 1 to be looked at, 2 bad; `chelun_jobs` jobs by state."""
    readings = [(check.name, check.look()) for check in HEALTH]
    lines = ["# TYPE chelun_health gauge"]
    lines += [f'chelun_health{{check="{name}"}} {reading.value:g}' for name, reading in readings]
    lines.append("# TYPE chelun_health_state gauge")
    lines += [
        f'chelun_health_state{{check="{name}"}} {TONES.index(reading.tone)}' for name, reading in readings
    ]
    lines.append("# TYPE chelun_jobs gauge")
    for state in State.values:
        lines.append(f'chelun_jobs{{state="{state}"}} {Job.objects.filter(state=state).count()}')
    return "\n".join(lines) + "\n"
