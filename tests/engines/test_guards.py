import pytest

from translate.engines import guards


@pytest.mark.parametrize(
    ("source", "draft", "expected"),
    [
        ("Il pleut à Berne.", "It is raining in Bern.", ()),
        ("défavorable", "adverse adverse adverse adverse", ("loop",)),
        ("Il part", "he is off and he is off and he is off and he is off and", ("loop",)),
        ("Non, non, non, non, non !", "No, no, no, no, no!", ()),
        ("les villes sont vides", "les villes sont vides", ("copied",)),
        ("Kerry", "Kerry", ()),
        ("1 500 morts en 2016", "1,500 dead in 2016", ()),
        ("1 500 morts", "1.500 Tote", ()),
        ("le 07 mai", "on 7 May", ()),
        ("12 morts", "several dead", ("figures",)),
        ("3,5 %", "35 %", ("figures",)),
        ("Voir https://a.ch/b_c ici", "See https://a.ch/b c here", ("literals",)),
        ("un <1>mot</1> gras", "a <1>bold</1> word", ()),
        ("un <1>mot</1> gras", "a bold word", ("figures", "codes")),
        ("Le président du Conseil a quitté la ville tôt mardi.", "He left.", ("short",)),
    ],
)
def test_guards(source: str, draft: str, expected: tuple[str, ...]) -> None:
    assert guards.doubts(source, draft) == expected
