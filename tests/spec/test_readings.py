"""What is held where the statute is silent is told in both languages."""

import importlib
import pkgutil

import quotum.law
from quotum.law.readings import IN_DUTCH, Reading

MODULES = [module.name for module in pkgutil.walk_packages(quotum.law.__path__, "quotum.law.")]
READINGS = {
    value.name: value
    for name in MODULES
    for value in vars(importlib.import_module(name)).values()
    if isinstance(value, Reading)
}


def test_a_reading_is_its_english_and_knows_its_dutch():
    assert len(READINGS) > 20
    for name, reading in READINGS.items():
        assert (reading.sentence, reading.sentence.dutch) == (reading.text, IN_DUTCH[name])
        assert reading.sentence.dutch != reading.text


def test_a_reading_without_dutch_stays_english():
    assert Reading("of_nobody", "Wtl art. 1", "as it is").sentence.dutch == "as it is"
