"""How a process that has loaded everything goes on."""

import gc

YOUNG_OBJECTS = 50_000


def settle() -> None:
    """Leave what is loaded out of garbage collection for good, and collect the rest less often.

    Rows of an import are hundreds of thousands of small values without cycles; looking through the whole of Django
    again and again for them took a quarter of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 50)
