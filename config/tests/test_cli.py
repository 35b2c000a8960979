"""The command line speaks Chinese, and English to whoever has an English locale."""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from config.cli import wants_english


@pytest.mark.parametrize(
    ("environment", "english"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": ""}, True),
    ],
)
def test_locale_decides(environment: Mapping[str, str], english: bool) -> None:
    assert wants_english(environment) is english


@pytest.mark.parametrize(
    ("locale", "words"), [("C.UTF-8", "把退回表解密写到这里"), ("en_US.UTF-8", "decrypt the refusal")]
)
def test_command_explains_itself(locale: str, words: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "LC_ALL": locale,
        "COLUMNS": "200",
    }
    told = subprocess.run(
        [sys.executable, "-m", "config.cli", "import", "--help"],
        env={**environment, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert words in told.stdout


@pytest.mark.parametrize("locale", ["C.UTF-8", "en_US.UTF-8"])
def test_command_without_settings_says_what_is_missing_and_no_more(locale: str) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CHELUN", "DJANGO", "DATABASE", "LANG"))
    }
    told = subprocess.run(
        [sys.executable, "-m", "config.cli", "migrate"],
        env={**environment, "LC_ALL": locale, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("缺少环境变量 CHELUN_SECRET_KEY CHELUN_KEYS CHELUN_HOSTS DATABASE_URL")
    assert "Traceback" not in told.stderr
