"""Every paradigm inflects as its language does: whole tables, letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine.forms import generate, label_of, labels_of, reinflect
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.model import Designation

SHIPPED = [designation for designation in load().designations() if designation.form]


def of(language: str, form: str, paradigm: str, kind: str = "name", **more: object) -> Designation:
    """A designation of nobody."""
    script = "Cyrl" if language in ("mk", "sr") else "Latn"
    return Designation("X", language, script, form, kind=kind, paradigm=paradigm, **more)  # type: ignore[arg-type]


def table(designation: Designation) -> str:
    """The forms as they would be written down: label, its forms, and on."""
    rows: dict[str, list[str]] = {}
    for form in generate(designation):
        rows.setdefault(form.label, []).append(form.text)
    return "; ".join(f"{label} {'/'.join(texts)}" for label, texts in rows.items())


TABLES = [
    # English
    (of("en", "Kosovo", "name"), "nom Kosovo; gen Kosovo's/Kosovo’s"),
    (
        of("en", "United States", "name"),
        "nom United States; gen United States'/United States’/United States's/United States’s",
    ),
    (of("en", "Serb", "s", "demonym"), "nom Serb; gen Serb's/Serb’s; nom.pl Serbs; gen.pl Serbs'/Serbs’"),
    (
        of("en", "Frenchman", "man", "demonym"),
        "nom Frenchman; gen Frenchman's/Frenchman’s; nom.pl Frenchmen; gen.pl Frenchmen's/Frenchmen’s",
    ),
    # Turkish: stems
    (of("tr", "Arnavutluk", "softening"), "nom Arnavutluk; soft Arnavutluğ"),
    (of("tr", "Avrupa Birliği", "possessive"), "nom Avrupa Birliği"),
    (of("tr", "Türk", "people", "adjective"), "nom Türk; nom.pl Türkler"),
    (of("tr", "Karadağlı", "people", "demonym"), "nom Karadağlı; nom.pl Karadağlılar"),
    # Albanian
    (
        of("sq", "Kosova", "f.a"),
        "nom Kosova; acc Kosovën; gen Kosovës; nom.indef Kosovë; acc.indef Kosovë; gen.indef Kosove",
    ),
    (
        of("sq", "Shqipëria", "f.ia"),
        "nom Shqipëria; acc Shqipërinë; gen Shqipërisë; nom.indef Shqipëri; acc.indef Shqipëri; gen.indef Shqipërie",
    ),
    (
        of("sq", "Mali i Zi", "m.i l.m -"),
        "nom Mali i Zi; acc Malin e Zi; gen Malit të Zi; nom.indef Mal i Zi; acc.indef Mal të Zi; gen.indef Mali të Zi",
    ),
    (
        of("sq", "Maqedonia e Veriut", "f.ia l.f -"),
        "nom Maqedonia e Veriut; acc Maqedoninë e Veriut; gen Maqedonisë së Veriut; nom.indef Maqedoni e Veriut; "
        "acc.indef Maqedoni të Veriut; gen.indef Maqedonie të Veriut",
    ),
    (
        of("sq", "Bosnja dhe Hercegovina", "f.a - f.a"),
        "nom Bosnja dhe Hercegovina; acc Bosnjën dhe Hercegovinën; gen Bosnjës dhe Hercegovinës; nom.indef Bosnjë dhe "
        "Hercegovinë; acc.indef Bosnjë dhe Hercegovinë; gen.indef Bosnje dhe Hercegovine",
    ),
    (
        of("sq", "Shtetet e Bashkuara", "pl l.pl -"),
        "nom Shtetet e Bashkuara; acc Shtetet e Bashkuara; gen Shteteve të Bashkuara; abl Shtetesh të Bashkuara; "
        "nom.indef Shtete të Bashkuara; acc.indef Shtete të Bashkuara; gen.indef Shteteve të Bashkuara",
    ),
    (
        of("sq", "shqiptar", "man", "demonym"),
        "nom shqiptar; acc shqiptar; gen shqiptari; nom.def shqiptari; acc.def shqiptarin; gen.def shqiptarit; "
        "nom.pl shqiptarë; acc.pl shqiptarë; gen.pl shqiptarëve; nom.pl.def shqiptarët; acc.pl.def shqiptarët; "
        "gen.pl.def shqiptarëve; abl.pl shqiptarësh",
    ),
    (
        of("sq", "turk", "man.q", "demonym"),
        "nom turk; acc turk; gen turku; nom.def turku; acc.def turkun; gen.def turkut; nom.pl turq; acc.pl turq; "
        "gen.pl turqve; nom.pl.def turqit; acc.pl.def turqit; gen.pl.def turqve; abl.pl turqish",
    ),
    (
        of("sq", "serbe", "woman", "demonym"),
        "nom serbe; acc serbe; gen serbeje; nom.def serbja; acc.def serben; gen.def serbes; nom.pl serbe; acc.pl serbe; "
        "gen.pl serbeve; nom.pl.def serbet; acc.pl.def serbet; gen.pl.def serbeve; abl.pl serbesh",
    ),
    (
        of("sq", "maqedonas", "a.same", "adjective"),
        "m.nom maqedonas; f.nom maqedonase; m.nom.pl maqedonas; f.nom.pl maqedonase",
    ),
    (
        of("sq", "BE", "acr", abbreviation=True),
        "nom BE/BE-ja; acc BE-në/BE-n; gen BE-së/BE-s; nom.indef BE; acc.indef BE; gen.indef BE-je",
    ),
    (
        of("sq", "SHBA", "acr.pl", abbreviation=True),
        "nom SHBA/SHBA-ja/SHBA-të/SHBA-t; acc SHBA-në/SHBA-të/SHBA-t; gen SHBA-së/SHBA-ve/SHBA-s; nom.indef SHBA; "
        "acc.indef SHBA; gen.indef SHBA-ve/SHBA-je; abl SHBA-sh",
    ),
    # Serbian, Bosnian, Montenegrin
    (
        of("sr", "Србија", "f"),
        "nom Србија; gen Србије; dat Србији; acc Србију; voc Србијо/Србија; ins Србијом; loc Србији",
    ),
    (
        of("bs", "Hrvatska", "a.f"),
        "nom Hrvatska; gen Hrvatske; dat Hrvatskoj; acc Hrvatsku; voc Hrvatska; ins Hrvatskom; loc Hrvatskoj",
    ),
    (
        of("bs", "Crna Gora", "a.f f"),
        "nom Crna Gora; gen Crne Gore; dat Crnoj Gori; acc Crnu Goru; voc Crna Goro/Crna Gora; ins Crnom Gorom; "
        "loc Crnoj Gori",
    ),
    (
        of("sr", "Косово", "n"),
        "nom Косово; gen Косова; dat Косову; acc Косово; voc Косово; ins Косовом; loc Косову",
    ),
    (
        of("sr", "Америка", "f.sib"),
        "nom Америка; gen Америке; dat Америци; acc Америку; voc Америко/Америка; ins Америком; loc Америци",
    ),
    (
        of("sr", "Београд", "m"),
        "nom Београд; gen Београда; dat Београду; acc Београд; voc Београде; ins Београдом; loc Београду",
    ),
    (
        of(
            "cnr",
            "Sjedinjene Američke Države",
            "a.f.pl a.f.pl f.pl",
            forms=(("dat", "Sjedinjenim Američkim Državama"),),
        ),
        "nom Sjedinjene Američke Države; acc Sjedinjene Američke Države; voc Sjedinjene Američke Države; "
        "gen Sjedinjenih Američkih Država; dat Sjedinjenim Američkim Državama; "
        + "; ".join(
            f"{case} Sjedinjenim Američkim Državama/Sjedinjenim Američkima Državama/Sjedinjenima Američkim Državama/"
            "Sjedinjenima Američkima Državama"
            for case in ("ins", "loc")
        ),
    ),
    (
        of("sr", "Србин", "m.in", "demonym"),
        "nom Србин; gen Србина; dat Србину; acc Србина; voc Србине; ins Србином; loc Србину; nom.pl Срби; gen.pl Срба; "
        "dat.pl Србима; acc.pl Србе; voc.pl Срби; ins.pl Србима; loc.pl Србима",
    ),
    (
        of("bs", "Crnogorac", "m.fleet.anim", "demonym"),
        "nom Crnogorac; gen Crnogorca; dat Crnogorcu; acc Crnogorca; voc Crnogorče; ins Crnogorcem/Crnogorcom; "
        "loc Crnogorcu; nom.pl Crnogorci; gen.pl Crnogoraca; dat.pl Crnogorcima; acc.pl Crnogorce; voc.pl Crnogorci; "
        "ins.pl Crnogorcima; loc.pl Crnogorcima",
    ),
    (
        of("bs", "Nijemac", "m.fleet.anim", "demonym"),
        "nom Nijemac; gen Nijemca; dat Nijemcu; acc Nijemca; voc Nijemče; ins Nijemcem/Nijemcom; loc Nijemcu; "
        "nom.pl Nijemci; gen.pl Nijemaca; dat.pl Nijemcima; acc.pl Nijemce; voc.pl Nijemci; ins.pl Nijemcima; "
        "loc.pl Nijemcima",
    ),
    (
        of("sr", "Грк", "m.anim", "demonym"),
        "nom Грк; gen Грка; dat Грку; acc Грка; voc Грче/Грку; ins Грком; loc Грку; nom.pl Грци; gen.pl Грка; "
        "dat.pl Грцима; acc.pl Грке; voc.pl Грци; ins.pl Грцима; loc.pl Грцима",
    ),
    (
        of("sr", "Албанка", "f.ka", "demonym"),
        "nom Албанка; gen Албанке; dat Албанки; acc Албанку; voc Албанко/Албанка; ins Албанком; loc Албанки; "
        "nom.pl Албанке; gen.pl Албанки; dat.pl Албанкама; acc.pl Албанке; voc.pl Албанке; ins.pl Албанкама; "
        "loc.pl Албанкама",
    ),
    (
        of("sr", "српски", "a", "adjective"),
        "m.nom српски; m.gen српског/српскога; m.dat српском/српскоме/српскому; m.ins српским; "
        "m.loc српском/српскоме/српскому; m.acc српски; m.acc.anim српског/српскога; m.voc српски; m.nom.pl српски; "
        "m.acc.pl српске; m.voc.pl српски; m.gen.pl српских; m.dat.pl српским/српскима; m.ins.pl српским/српскима; "
        "m.loc.pl српским/српскима; f.nom српска; f.gen српске; f.dat српској; f.acc српску; f.voc српска; f.ins српском; "
        "f.loc српској; f.nom.pl српске; f.acc.pl српске; f.voc.pl српске; f.gen.pl српских; f.dat.pl српским/српскима; "
        "f.ins.pl српским/српскима; f.loc.pl српским/српскима; n.nom српско; n.acc српско; n.voc српско; "
        "n.gen српског/српскога; n.dat српском/српскоме/српскому; n.ins српским; n.loc српском/српскоме/српскому; "
        "n.nom.pl српска; n.acc.pl српска; n.voc.pl српска; n.gen.pl српских; n.dat.pl српским/српскима; "
        "n.ins.pl српским/српскима; n.loc.pl српским/српскима",
    ),
    (
        of("sr", "Курти", "m.v"),
        "nom Курти; gen Куртија; dat Куртију; acc Куртија; voc Курти; ins Куртијем; loc Куртију",
    ),
    (of("sr", "Марко", "m.v"), "nom Марко; voc Марко; gen Марка; dat Марку; acc Марка; ins Марком; loc Марку"),
    (
        of("bs", "NATO", "acr", abbreviation=True),
        "nom NATO; gen NATO-a; dat NATO-u; acc NATO; ins NATO-om/NATO-em; loc NATO-u",
    ),
    # Macedonian
    (
        of("mk", "Србин", "m.in", "demonym"),
        "nom Србин; nom.def Србинот; nom.prox Србинов; nom.dist Србинон; voc Србине; nom.pl Срби; nom.pl.def Србите; "
        "nom.pl.prox Србиве; nom.pl.dist Србине",
    ),
    (
        of("mk", "Албанец", "m.ec", "demonym"),
        "nom Албанец; nom.def Албанецот; nom.prox Албанецов; nom.dist Албанецон; voc Албанче; nom.pl Албанци; "
        "nom.pl.def Албанците; nom.pl.prox Албанциве; nom.pl.dist Албанцине",
    ),
    (
        of("mk", "Турчинка", "f", "demonym"),
        "nom Турчинка; nom.def Турчинката; nom.prox Турчинкава; nom.dist Турчинкана; voc Турчинко; nom.pl Турчинки; "
        "nom.pl.def Турчинките; nom.pl.prox Турчинкиве; nom.pl.dist Турчинкине",
    ),
    (
        of("mk", "турски", "a", "adjective"),
        "m.nom турски; m.nom.def турскиот; m.nom.prox турскиов; m.nom.dist турскион; f.nom турска; f.nom.def турската; "
        "f.nom.prox турскава; f.nom.dist турскана; n.nom турско; n.nom.def турското; n.nom.prox турсково; "
        "n.nom.dist турсконо; nom.pl турски; nom.pl.def турските; nom.pl.prox турскиве; nom.pl.dist турскине",
    ),
    (
        of("mk", "Европска унија", "a.f f"),
        "nom Европска унија; nom.def Европската унија; nom.prox Европскава унија; nom.dist Европскана унија",
    ),
]


@pytest.mark.parametrize(("designation", "expected"), TABLES, ids=lambda value: getattr(value, "form", None) or "table")
def test_a_paradigm_gives_its_whole_table(designation: Designation, expected: str) -> None:
    assert table(designation) == expected


def test_ekavian_and_ijekavian_are_two_words_of_one_paradigm() -> None:
    ekavian, ijekavian = of("sr", "Северна Македонија", "a.f f"), of("bs", "Sjeverna Makedonija", "a.f f")
    assert [reinflect(ekavian, label) for label in ("gen", "loc")] == ["Северне Македоније", "Северној Македонији"]
    assert [reinflect(ijekavian, label) for label in ("gen", "loc")] == ["Sjeverne Makedonije", "Sjevernoj Makedoniji"]


def test_an_override_replaces_what_the_paradigm_says_and_only_that() -> None:
    turk = of("sr", "Турчин", "m.in", "demonym", forms=(("nom.pl", "Турци"), ("gen.pl", "Турака")))
    assert reinflect(turk, "nom.pl") == "Турци"
    assert reinflect(turk, "gen.pl") == "Турака"
    assert reinflect(turk, "gen") == "Турчина"
    assert label_of(turk, "Турчини") is None


def test_a_name_has_no_plural_and_a_demonym_has() -> None:
    assert reinflect(of("sr", "Србија", "f"), "gen.pl") is None
    assert reinflect(of("sr", "Српкиња", "f", "demonym"), "gen.pl") == "Српкиња"


def test_a_form_of_several_cases_has_all_their_labels() -> None:
    serbia = of("sr", "Србија", "f")
    assert labels_of(serbia, "Србији") == ("dat", "loc")
    assert label_of(serbia, "Србији") == "dat"
    assert label_of(serbia, "Србијица") is None


def test_words_in_capitals_keep_their_label() -> None:
    assert label_of(of("sr", "Србија", "f"), "СРБИЈОМ") == "ins"
    assert label_of(of("sq", "Mali i Zi", "m.i l.m -"), "MALIT TË ZI") == "gen"


def test_without_a_paradigm_a_form_stays_as_it_is() -> None:
    assert table(of("mk", "БиХ", "")) == "nom БиХ"
    assert reinflect(of("mk", "БиХ", ""), "gen") is None


@given(st.sampled_from(SHIPPED), st.data())
def test_what_is_inflected_to_a_label_is_read_back_as_that_form(designation: Designation, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(generate(designation)))
    text = reinflect(designation, form.label)
    assert text is not None
    assert form.label in labels_of(designation, text)
    label = label_of(designation, text)
    assert label is not None
    assert reinflect(designation, label) == text
    assert form.label in labels_of(designation, form.text)


@given(st.sampled_from(SHIPPED))
def test_the_citation_form_is_the_first_form(designation: Designation) -> None:
    assert generate(designation)[0].text == designation.form
