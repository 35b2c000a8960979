"""The summary counts what a report says."""

from pathlib import Path

from tools.runtests import Part, read_report

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><properties/></testcase>
<testcase name="c"><failure message="x"/></testcase><testcase name="d"><error message="y"/></testcase>
<testcase name="e"><skipped message="no font"/></testcase><testcase name="f"><skipped message="no font"/></testcase>
</testsuite></testsuites>"""


def test_report_counts_each_verdict(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    part = read_report("tests", report)
    assert part == Part("tests", 2, 2, {"no font": 2})
    assert part.line() == "tests: 2 passed, 2 failed\n    2 skipped: no font"


def test_report_missing_is_a_failure(tmp_path: Path) -> None:
    assert read_report("tests", tmp_path / "none.xml") == Part("tests", failed=1)
