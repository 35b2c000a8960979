"""The matching benchmark's figures: counting pairs, bars, and the peers that need no package."""

import json
from pathlib import Path

import pytest

from bench.matching.bars import Bar, febrl_bar, hard_bars, honesty_bar
from bench.matching.figures import compare, is_there
from bench.matching.peers import OURS, Entry, Table, clerks
from bench.matching.peers.cleaned import clean, without_placeholders
from bench.matching.scores import Score, Truth, best_error, expected_f1, linked
from bench.matching.tables import Asked, make

HEADS = {"id": "编号", "name": "姓名", "number": "身份证号", "phone": "电话"}


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    """Three true pairs: of one both rows show a number, of one both a telephone, of one neither."""
    (tmp_path / "truth.csv").write_text("left_id,right_id\nA1,B1\nA2,B2\nA3,B3\n")
    rows = ["A1,P1,1,0", "A2,P2,0,1", "A3,P3,1,0", "B1,P1,1,1", "B2,P2,0,1", "B3,P3,0,1"]
    lines = [f"{'left' if row[0] == 'A' else 'right'},{row}" for row in rows]
    (tmp_path / "rows.csv").write_text("\n".join(["side,id,entity,number,phone", *lines]) + "\n")
    return Truth(tmp_path)


def test_pairs_are_counted_in_the_part_that_their_rows_belong_to(truth: Truth) -> None:
    scores = truth.scores({("A1", "B1"), ("A1", "B3"), ("A2", "B1")})
    assert scores["either"] == Score(true=2, found=2, right=1)
    assert scores["neither"] == Score(true=1, found=1, right=0)
    assert scores["all"] == Score(true=3, found=3, right=1)
    assert scores["all"].f1 == pytest.approx(1 / 3)
    assert (scores["either"].precision, scores["either"].recall) == (0.5, 0.5)


def test_nothing_found_is_no_error_of_precision() -> None:
    assert (Score(2, 0, 0).precision, Score(2, 0, 0).recall, Score(2, 0, 0).error) == (1, 0, 1)


def test_best_threshold_and_promise(truth: Truth) -> None:
    pairs = {("A1", "B1"): 0.9, ("A2", "B2"): 0.4, ("A1", "B2"): 0.1}
    assert linked(pairs) == {("A1", "B1")}
    assert best_error(pairs, truth) == pytest.approx(1 - 4 / 5)
    assert expected_f1(pairs) == pytest.approx(2 * 0.9 / (1.4 + 1))


def _scores(error: float) -> dict[str, Score]:
    right = round(1000 * (1 - error))
    return dict.fromkeys(("all", "neither", "either"), Score(1000, 1000, right))


def test_a_bar_is_judged_only_where_there_is_an_engine() -> None:
    without = [*hard_bars("hard", None, _scores(0.1), _scores(0.3)), febrl_bar("FEBRL", None, [_scores(0.1)])]
    without.append(honesty_bar("hard", None, None))
    assert len(without) == 6
    assert not any(bar.missed for bar in without)
    assert all(bar.line().endswith("no engine yet") for bar in without)


@pytest.mark.parametrize(
    ("error", "missed"), [(0.01, []), (0.04, [3]), (0.06, [0, 2, 3]), (0.09, [0, 1, 2, 3])]
)
def test_bars_are_half_of_cleaned_and_a_quarter_of_raw(error: float, missed: list[int]) -> None:
    bars = list(hard_bars("hard", _scores(error), _scores(0.1), _scores(0.3)))
    assert [place for place, bar in enumerate(bars) if bar.missed] == missed
    assert [bar.line().split(": ")[-1] for bar in bars] == ["MISSED" if bar.missed else "ok" for bar in bars]


def test_a_promise_is_held_against_what_came() -> None:
    assert not honesty_bar("hard", _scores(0.1), 0.885).missed
    assert honesty_bar("hard", _scores(0.1), 0.95).missed
    assert Bar("what", 0.1, 0.1).missed is False


def test_the_best_peer_is_the_bar_on_febrl() -> None:
    assert febrl_bar("FEBRL 3", _scores(0.003), [_scores(0.004), _scores(0.002)]).missed


@pytest.mark.parametrize(
    ("field", "cell", "cleaned"),
    [
        ("birth", "１９７８．１２．８", "1978-12-08"),
        ("birth", "1978年3月", "1978-03-01"),
        ("birth", "19781208", "1978-12-08"),
        ("birth", "12/8/1978", "1978-12-08"),
        ("birth", "28832", "1978-12-08"),
        ("birth", "不详", ""),
        ("number", "'51019919781208305x ", "51019919781208305X"),
        ("number", "510199********3050", ""),
        ("number", "5.10199E+17", ""),
        ("phone", "199-0819-7364", "19908197364"),
        ("phone", "19908197364、19908190000", "19908197364"),
        ("phone", "19908197364.0", "19908197364"),
        ("phone", "199××××7364", ""),
        ("plate", "川a·12345", "川A12345"),
        ("name", "张　三（司机）", "张三"),
        ("name", "张*", ""),
        ("sex", "2", "F"),
        ("firm", "个体", ""),
    ],
)  # fmt: skip
def test_cleaning_by_hand(field: str, cell: str, cleaned: str) -> None:
    assert clean({field: cell}) == {field: cleaned}


def test_raw_fields_lose_only_what_says_nothing() -> None:
    assert without_placeholders({"number": " 无", "birth": "1978.12"}) == {"number": "", "birth": "1978.12"}


def _table(path: Path, rows: list[str]) -> Table:
    path.write_text("\n".join([",".join(HEADS.values()), *rows]) + "\n", "utf-8-sig")
    return Table(path, HEADS)


def test_clerks_join_by_number_else_by_name_and_telephone(tmp_path: Path) -> None:
    left = _table(
        tmp_path / "left.csv",
        ["A1,张三,510199197812083050,19900000001", "A2,李四,,19900000002", "A3,王五,无,"],
    )
    right = _table(
        tmp_path / "right.csv",
        [
            "B1,张山,510199197812083050,",
            "B2,李四,510199198001013059,19900000002",
            "B3,张三,510199197912083059,19900000001",
            "B4,王五,无,",
        ],
    )
    assert sorted(clerks.match(left, right)) == [("A1", "B1", 1.0), ("A2", "B2", 1.0)]


def test_a_peer_runs_in_a_process_and_ours_is_a_peer_like_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(Asked("easy", 4, 400), tmp_path)
    runs = compare("easy", tmp_path, [Entry("clerks", "clerks", own_packages=False)])
    assert runs["clerks"].scores["all"].precision > 0.95
    assert 0.5 < runs["clerks"].scores["all"].recall < 1
    assert 5 < runs["clerks"].megabytes < 60
    assert is_there(OURS) == (OURS.module in runs)
    assert is_there(OURS) or f"{OURS.title:26}no engine yet" in capsys.readouterr().out


def test_a_peer_that_fails_says_so(tmp_path: Path) -> None:
    make(Asked("easy", 4, 100), tmp_path)
    about = json.loads((tmp_path / "about.json").read_text("utf-8"))
    del about["heads"]["left"]["phone"]
    (tmp_path / "about.json").write_text(json.dumps(about), "utf-8")
    with pytest.raises(RuntimeError, match="KeyError"):
        compare("easy", tmp_path, [Entry("clerks", "clerks", own_packages=False)])
