"""A query is read as a person would read it."""

from hypothesis import given
from hypothesis import strategies as st

from kb.content.terms import THE_CLINIC, Term
from kb.search.index.lexicon import lexicon_of
from kb.search.question.parts import Alternative, Choice, Correction, Question
from kb.search.question.understanding import read_question
from kb.search.words.vocabulary import SAME_WEIGHT, WIDER_WEIGHT, Vocabulary

TERMS = (
    Term(name="ketamine", kind="drug", names=("racemic ketamine",), lay=("ketamine drip",), spanish=("ketamina",),
         misspelt=("ketemeen",), street=("special k",), street_beside=("depression",), related=("esketamine",)),
    Term(name="esketamine", kind="drug", brands=("Spravato",), related=("ketamine",)),
    Term(name="hydroxyzine", kind="drug", kind_of=("antihistamine",)),
    Term(name="hydralazine", kind="drug"),
    Term(name="antihistamine", kind="drug class"),
    Term(name="electroconvulsive therapy", names=("ECT",)),
)  # fmt: skip
VOCABULARY = Vocabulary(TERMS)
LEXICON = lexicon_of(
    dict.fromkeys(
        ["ketamine", "infusion", "parking", "free", "transcranial", "blood", "pressure", "depression"], 6
    )
    | dict.fromkeys(VOCABULARY.words() - {"ketamine"}, 0)
)


def read(query: str) -> Question:
    return read_question(query, LEXICON, VOCABULARY)


def ways(query: str) -> dict[str, float]:
    """The ways to say the first part of a query, each with its weight."""
    return {" ".join(one.stems): one.weight for one in read(query).groups[0].alternatives}


def test_a_misspelt_word_is_searched_both_ways_and_said() -> None:
    question = read("free parkin")
    assert question.corrections == (Correction("parkin", "parking"),)
    assert [one.stems for one in question.groups[1].alternatives][:2] == [("parkin",), ("park",)]
    assert question.text == "free parking"


def test_of_likely_spellings_the_one_that_asks_with_its_neighbours_is_read() -> None:
    lexicon = lexicon_of({"mean": 20, "many": 1, "people": 6, "ketamine": 6})
    question = read_question("how menny peple take ketamine", lexicon, VOCABULARY)
    assert question.corrections == (Correction("menny", "many"), Correction("peple", "people"))
    assert question.types == {"prevalence"}
    alone = read_question("menny ketamine", lexicon, VOCABULARY)
    assert alone.corrections == (Correction("menny", "mean"),)


def test_slips_that_word_lists_took_in_are_mended_all_the_same() -> None:
    lexicon = lexicon_of({"people": 6, "sliver": 0, "silver": 3, "clams": 0, "calms": 2})
    assert read_question("poeple", lexicon, VOCABULARY).corrections == (Correction("poeple", "people"),)
    # Words of their own, however near.
    assert read_question("sliver clams trial", lexicon, VOCABULARY).corrections == ()


def test_a_known_word_is_never_corrected() -> None:
    assert read("free parking infusion").corrections == ()
    # Not in any entry, but English.
    assert read("packing").corrections == ()


def test_two_drugs_that_look_alike_are_asked_about_and_neither_is_searched() -> None:
    question = read("hydrolazine infusion")
    assert question.choices == (Choice("hydrolazine", ("hydralazine", "hydroxyzine")),)
    assert question.corrections == ()
    assert question.groups[0].alternatives == (Alternative(("hydrolazine",), 1.0),)


def test_a_drug_is_never_read_as_another() -> None:
    for name in ("hydralazine", "hydroxyzine", "esketamine", "ketamine", "Spravato"):
        question = read(name)
        assert question.corrections == ()
        assert question.choices == ()


def test_every_name_of_a_thing_finds_it() -> None:
    assert ways("ketamina")["ketamin"] == SAME_WEIGHT
    assert ways("ECT")["electroconvuls therapi"] == SAME_WEIGHT
    assert ways("electroconvulsive therapy")["ect"] == SAME_WEIGHT


def test_lay_words_lead_to_a_thing_and_never_back() -> None:
    assert ways("ketamine drip")["ketamin"] == SAME_WEIGHT
    assert "ketamin drip" not in ways("ketamine")


def test_what_is_related_is_not_the_same() -> None:
    assert not {"ketamin"} & set(ways("Spravato"))
    assert not {"esketamin", "spravato"} & set(ways("ketamine"))


def test_a_wider_term_stands_in_and_never_the_other_way() -> None:
    assert ways("hydroxyzine")["antihistamin"] == WIDER_WEIGHT
    assert "hydroxyzin" not in ways("antihistamine")


def test_slang_counts_only_beside_words_of_its_field() -> None:
    assert ways("special k for my depression")["ketamin"] == SAME_WEIGHT
    assert ways("special k cereal") == {"special": 1.0}


def test_a_known_misspelling_is_said() -> None:
    assert read("ketemeen").corrections == (Correction("ketemeen", "ketamine"),)


def test_words_written_apart_or_together_are_found() -> None:
    assert read("trans cranial").corrections == (Correction("trans cranial", "transcranial"),)
    assert read("bloodpressure").text == "blood pressure"


def test_what_leads_up_to_a_question_is_not_a_part_of_it() -> None:
    assert read("caller wants to know if parking is free").text == "parking is free"
    assert read("caller").text == "caller"


def test_a_word_that_says_the_type_is_a_cue() -> None:
    question = read("ketamine side effects")
    assert question.types == {"side_effects"}
    assert [group.cue for group in question.groups] == [False, True, True]


def test_what_is_asked_of_a_thing_is_read_apart_from_it() -> None:
    question = read("Spravato side effects")
    assert (question.text, question.asked) == ("esketamine side effects", "this treatment side effects")
    assert question.groups[0].kind == "drug"
    assert question.groups[1].asks == {"side_effects"}


def test_a_form_that_leads_to_a_cue_asks_for_its_type() -> None:
    terms = (Term(name="free", lay=("have to pay",)),)
    question = read_question("do i have to pay for parking", LEXICON, Vocabulary(terms))
    assert question.types == {"cost"}
    assert [group.cue for group in question.groups] == [True, False]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    question = read(text)
    assert all(group.alternatives and group.alternatives[0].weight == 1.0 for group in question.groups)
    assert all(
        0 < one.weight <= 1 and all(one.stems) for group in question.groups for one in group.alternatives
    )


def test_common_words_of_medicine_are_understood_beside_the_clinics_own() -> None:
    own = (Term(name="bath", lay=("soak",)),)
    vocabulary = Vocabulary(own, (Term(name="urination", names=("urinate",), lay=("peeing",)),))
    question = read_question("peeing after a soak", lexicon_of({"urinate": 2, "bath": 2}), vocabulary)
    assert [(group.own, [one.stems for one in group.alternatives]) for group in question.groups] == [
        (False, [("pee",), ("urin",)]),
        (True, [("soak",), ("bath",)]),
    ]


def test_who_asks_the_clinic_when_or_where_it_is_reached_asks_of_the_clinic() -> None:
    vocabulary = Vocabulary(
        (Term(name="Oak Clinic", kind="service", lay=THE_CLINIC), Term(name="lamp", kind="drug"))
    )
    lexicon = lexicon_of({"oak": 1, "clinic": 3, "open": 2, "phone": 2, "line": 2, "lamp": 2})

    def asks_the_clinic(query: str) -> bool:
        return any(group.kind == "service" for group in read_question(query, lexicon, vocabulary).groups)

    assert asks_the_clinic("are you open on sunday")
    assert asks_the_clinic("opening hours")
    assert not asks_the_clinic("is the help line open at night")
    assert not asks_the_clinic("phone number of the lamp line")
    assert not any(
        group.kind for group in read_question("are you open", lexicon_of({"open": 1}), vocabulary).groups
    )
