import importlib.util
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import MissingPart
from tocsin.gazetteer import Entry, Gazetteer, gazetteer
from tocsin.gazetteer.names import abbreviation, key, number
from tocsin.gazetteer.store import KINDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def first(places: Gazetteer, name: str) -> Entry:
    found = places.lookup(name)
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    ("name", "country", "kind", "lat", "lon"),
    [
        ("Paris", "FRA", "city", 48.9, 2.3), ("London", "GBR", "city", 51.5, -0.1),
        ("Iraq", "IRQ", "country", 33, 44),
        ("Helmand", "AFG", "admin1", 31.4, 64.1), ("Kiev", "UKR", "city", 50.5, 30.5),
        ("Kyiv", "UKR", "city", 50.5, 30.5),
        ("Saigon", "VNM", "city", 10.8, 106.6), ("the Hague", "NLD", "city", 52.1, 4.3),
        ("Laurel County", "USA", "admin2", 37, -84),
        ("Persian Gulf", None, "sea", 27, 51), ("West Bank", "PSE", "area", 31.9, 35.2),
        ("Gaza", "PSE", "area", 31.4, 34.4), ("Gaza Strip", "PSE", "area", 31.4, 34.4),
        ("Middle East", None, "region", 33, 36), ("Fla.", "USA", "admin1", 28.7, -82.5),
        ("D.C.", "USA", "admin1", 38.9, -77.0),
        ("Aden", "YEM", "city", 12.8, 45), ("UAE", "ARE", "country", 23.8, 54),
        ("U.S.", "USA", "country", 39.8, -98.5), ("Soviet Union", "SUN", "historic", 60, 100),
        ("Kursk Oblast", "RUS", "admin1", 51.7, 36.2), ("Chukotka", "RUS", "admin1", 67, 179),
        ("Hodeidah", "YEM", "city", 14.8, 42.9),
        ("Qamishli", "SYR", "city", 37, 41.2),
        ("Misrata", "LBY", "city", 32.4, 15.1), ("Port-au-Prince", "HTI", "city", 18.5, -72.3),
    ],
)  # fmt: skip
def test_the_first_place_of_a_name(
    places: Gazetteer, name: str, country: str | None, kind: str, lat: float, lon: float
) -> None:
    entry = first(places, name)
    assert (entry.country, entry.kind) == (country, kind)
    assert entry.lat == pytest.approx(lat, abs=1)
    assert entry.lon == pytest.approx(lon, abs=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint Louis", "St. Louis"), ("MOUNT VERNON", "Mt. Vernon"), ("Sao Paulo", "São Paulo"),
        ("Fort Worth", "Ft. Worth"),
        ("Xi'an", "Xi’an"), ("Deir ez-Zor", "deir ez zor"), ("the Netherlands", "Netherlands"), ("Łódź", "Lodz"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_one_key(places: Gazetteer, one: str, other: str) -> None:
    assert key(one) == key(other)
    assert [e.number for e in places.lookup(one)] == [e.number for e in places.lookup(other)] != []


def test_an_abbreviation_is_one_only_as_it_is_written(places: Gazetteer) -> None:
    assert first(places, "Miss.").name == "Mississippi"
    assert first(places, "US").country == "USA"
    assert all(e.country != "USA" or e.kind == "city" for e in places.lookup("us"))
    assert all(e.name != "Mississippi" for e in places.lookup("miss"))
    assert abbreviation("W. Va.") == abbreviation("W.Va.")
    assert abbreviation("Paris") is None


def test_regions_and_names_of_an_entry(places: Gazetteer) -> None:
    paris = next(e for e in places.lookup("Paris") if e.admin1 == "Texas")
    assert (paris.country_name, paris.admin2, paris.kind) == ("United States", "Lamar County", "city")
    assert paris.geonameid == 4717560
    assert first(places, "Baghdad").capital


def test_unknown_names(places: Gazetteer) -> None:
    assert places.lookup("Xyzzyville") == ()
    assert "Xyzzyville" not in places
    assert "Nairobi" in places


@given(st.text(max_size=30))
def test_any_text_has_a_key_and_can_be_looked_up(text: str) -> None:
    assert key(text) == key(text.upper().lower()) or not text.isascii()
    for entry in gazetteer().lookup(text):
        assert entry.kind in KINDS
        assert entry.lat is None or -90 <= entry.lat <= 90
        assert entry.lon is None or -180 <= entry.lon <= 180


def test_numbers_of_keys_do_not_change() -> None:
    assert number("paris") == 1256337117604806422


def test_opening_is_quick_and_the_files_are_small() -> None:
    start = time.perf_counter()
    opened = Gazetteer()
    assert time.perf_counter() - start < 0.2
    assert len(opened) > 200_000
    assert sum(f.stat().st_size for f in (ROOT / "src/tocsin/data/gazetteer").iterdir()) < 20_000_000


def test_a_tree_that_is_not_compiled_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="pip install"):
        Gazetteer(tmp_path)


def test_the_build_and_the_reader_agree_on_kinds() -> None:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert build.KINDS == KINDS
