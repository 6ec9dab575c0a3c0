"""The dated figures, their strict loader, and scenarios."""

from quotum.parameters.book import Figure, Parameter, ParameterBook, load_book
from quotum.parameters.figures import Figures, RecordedFigures, figures_from_record, listed
from quotum.parameters.later_years import AssumedFigure, LaterYear
from quotum.parameters.scenario import (
    Growth,
    Range,
    RegionAmount,
    Scenario,
    Setting,
    merge_scenarios,
    read_scenario,
)
from quotum.parameters.scenario_files import ScenarioFiles, shipped_scenarios

__all__ = [
    "AssumedFigure",
    "Figure",
    "Figures",
    "Growth",
    "LaterYear",
    "Parameter",
    "ParameterBook",
    "Range",
    "RecordedFigures",
    "RegionAmount",
    "Scenario",
    "ScenarioFiles",
    "Setting",
    "figures_from_record",
    "listed",
    "load_book",
    "merge_scenarios",
    "read_scenario",
    "shipped_scenarios",
]
