"""How people call what CLDR has one name for, and which of its names say too little to be recognised."""

from __future__ import annotations

#: By language and territory: the names in use, the preferred one first; "" is CLDR's own.
NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {
        "BY": ("", "Bélarus", "Belarus"), "CD": ("République démocratique du Congo",), "CZ": ("", "République tchèque"),
        "CG": ("République du Congo",), "EU": ("", "UE"), "FK": ("", "îles Malouines", "Malouines"),
        "FO": ("", "îles Féroé"), "GB": ("", "Grande-Bretagne"), "GG": ("", "île de Guernesey"),
        "HK": ("Hong Kong", "Hongkong"), "IC": ("", "îles Canaries"), "KG": ("", "Kirghizistan"), "KW": ("", "Koweit"),
        "KY": ("", "îles Caïmans"), "KZ": ("", "Kazakstan"), "MH": ("", "îles Marshall"), "MM": ("Birmanie", "Myanmar"),
        "MO": ("Macao",), "NL": ("", "Hollande"), "SB": ("", "îles Salomon"), "TL": ("", "Timor-Leste"),
        "UN": ("", "ONU"), "US": ("", "États-Unis d’Amérique", "Etats-Unis"), "VA": ("Vatican",),
        "VG": ("", "îles Vierges britanniques"), "VN": ("", "Vietnam", "Viêtnam"), "IL": ("", "Israel"),
        "003": ("", "Amérique du nord"), "151": ("", "Europe de l’est"), "035": ("", "Asie du sud-est"),
        "017": ("", "Afrique Centrale"), "011": ("", "Afrique de l’Ouest"), "014": ("", "Afrique de l’Est"),
        "145": ("Asie occidentale", ""), "015": ("Afrique du Nord", ""), "CI": ("", "Côte d'Ivoire"),
    },
    "en": {
        "AE": ("", "UAE", "Emirates"), "BA": ("", "Bosnia"), "BY": ("", "Belorussia"), "CD": ("Democratic Republic of the Congo", "Congo", "DRC", "DR Congo"),
        "CG": ("Republic of the Congo", "Congo"), "CI": ("", "Ivory Coast", "Cote d’Ivoire", "Cote d'Ivoire", "Ivorian"), "CN": ("", "PRC"), "CV": ("", "Cabo Verde"),
        "CZ": ("", "Czech Republic"), "EU": ("", "EU", "E.U."), "EZ": ("", "euro zone", "euro area"), "FK": ("", "Falklands"),
        "GB": ("", "UK", "U.K.", "Britain", "Great Britain"), "HK": ("Hong Kong",), "IC": ("", "Canaries"),
        "KP": ("", "DPRK"), "KR": ("", "Republic of Korea"), "MK": ("", "Macedonia"), "MM": ("Myanmar", "Burma"),
        "MO": ("Macao", "Macau"), "NL": ("", "Holland"), "PS": ("", "Palestine"), "RU": ("", "Russian Federation"), "TL": ("", "East Timor"),
        "TR": ("Turkey", ""), "UN": ("", "UN", "U.N."), "US": ("", "US", "U.S.", "USA", "U.S.A.", "America", "States"),
        "VA": ("Vatican", ""), "VN": ("", "Viet Nam"), "SY": ("", "Syrian Arab Republic"),
        "142": ("", "Asia-Pacific"), "419": ("", "Latin American", "South America"), "013": ("", "Central American"),
        "011": ("West Africa", ""), "014": ("East Africa", ""), "015": ("North Africa", ""), "017": ("Central Africa", ""),
        "018": ("", "Southern African"), "030": ("East Asia", ""), "034": ("South Asia", ""), "035": ("", "South-East Asia", "South East Asia"),
        "145": ("West Asia", ""), "155": ("", "West Europe"), "003": ("", "North American"), "005": ("", "South American"),
    },
    "de": {
        "AE": ("", "Emirate", "VAE"), "BA": ("", "Bosnien", "Bosnien-Herzegowina"), "BN": ("", "Brunei"), "BY": ("", "Weißrussland", "Weissrussland"),
        "CD": ("Demokratische Republik Kongo", "Kongo", "DR Kongo"), "CG": ("Republik Kongo", "Kongo"),
        "CI": ("Elfenbeinküste", ""), "CV": ("", "Kap Verde"), "CZ": ("", "Tschechische Republik"), "EU": ("", "EU"),
        "EZ": ("", "Euro-Zone", "Euroraum"), "FK": ("", "Falkland-Inseln"), "GB": ("", "Großbritannien", "Grossbritannien", "UK", "Vereinigten Königreich"),
        "HK": ("Hongkong", "Hong Kong"), "IC": ("", "Kanaren"), "KP": ("", "Nord-Korea"), "KR": ("", "Süd-Korea"), "LK": ("", "Ceylon"),
        "MD": ("", "Moldau", "Moldawien"), "MK": ("", "Mazedonien"), "MM": ("", "Birma", "Burma"), "MO": ("Macau", "Macao"),
        "NL": ("", "Holland"), "PS": ("", "Palästina", "Palästinensergebiete"), "RU": ("", "Russische Föderation", "Rußland"),
        "TL": ("", "Osttimor"), "UN": ("", "UN", "UNO"), "US": ("", "USA", "US", "U.S.", "Amerika"), "VA": ("Vatikan", ""),
        "ZW": ("", "Zimbabwe"), "RW": ("", "Rwanda"), "SG": ("", "Singapore"), "IQ": ("", "Iraq"), "NZ": ("", "Neu-Seeland"),
        "419": ("", "Südamerika"), "017": ("", "Mittelafrika"),
    },
}  # fmt: skip

#: Territories of no use in a story, or whose names are too common: the world, Caribbean Netherlands.
NO_PLACES = frozenset(
    "001 002-x 009 018 019 021 029 039 053 054 057 061 154 AC BQ CP DG EA QO SX TA UM XA XB ZZ".split()
)

#: Names that are first names, towns, or other places as well; in the language they are to be recognised in.
AMBIGUOUS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        "Maurice|Dominique|Grenade|Géorgie|Jersey|Salvador|Saint-Martin|Sainte-Hélène|Saint-Barthélemy|Sainte-Lucie|"
        "Réunion|La Réunion|Palaos|Tonga|Samoa|Panama|Guinée-x|Montserrat|Anguilla|Niue|Man|Barbade-x".split("|")
    ),
    "en": frozenset("Georgia|Jordan|Jersey|Chad|Turkey|Dominica|Grenada|Guernsey|St. Martin|St. Helena|Man".split("|")),
    "de": frozenset("Georgien-x|Jersey|Island-x|Grenada|Dominica|St. Martin|St. Helena|Ascension".split("|")),
}

#: How adjectives begin that are not the country's name with another ending; by language and territory.
ADJECTIVES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "AE": ("Emirati*",), "AF": ("Afghan*",), "AR": ("Argentin*",), "BA": ("Bosnian*",), "BE": ("Belgian*",), "BD": ("Bengali*",),
        "CD": ("Congolese",), "CG": ("Congolese",), "CH": ("Swiss",), "CY": ("Cypriot*",), "CZ": ("Czech*",),
        "DE": ("German*",), "DK": ("Dan*",), "DO": ("Dominican*",), "ES": ("Spanish", "Spaniard*"), "FI": ("Finn*",), "FR": ("French*",),
        "GB": ("British*", "Brit", "Brits", "Briton*"), "GL": ("Greenland*",), "GR": ("Greek*",), "IE": ("Irish*",), "IL": ("Israel*",), "IQ": ("Iraq*",), "IS": ("Iceland*",), "KP": ("North Korean*", "Korean*"),
        "KR": ("South Korean*", "Korean*"), "LA": ("Lao*",), "MM": ("Burmese",), "NL": ("Dutch*",), "NO": ("Norwegian*",),
        "NZ": ("New Zealand*", "Kiwi*"), "PE": ("Peru*",), "PH": ("Filipin*",), "PL": ("Polish", "Pole", "Poles"), "PS": ("Palestinian*",), "PT": ("Portuguese",),
        "SA": ("Saudi*",), "SE": ("Swed*",), "TH": ("Thai*",), "TR": ("Turk*",), "US": ("American*",), "UA": ("Ukrain*",), "150": ("European*",), "002": ("African*",),
        "142": ("Asian*",), "AL": ("Albanian*",), "ML": ("Mali*",), "OM": ("Oman*",), "CU": ("Cuba*",), "IR": ("Iran*",), "VA": ("Vatican*",), "ZA": ("South African*",), "CF": ("Central African*",),
    },
    "de": {
        "BA": ("bosnisch*", "Bosnier*"), "CD": ("kongolesisch*",), "CG": ("kongolesisch*",), "CH": ("Schweiz*",), "CZ": ("tschech*",), "DE": ("deutsch*",),
        "AE": ("emirat*",), "AF": ("afghan*",), "CN": ("chines*",), "DK": ("dän*",), "ES": ("span*",), "FI": ("finn*",), "FR": ("französ*", "franzos*"), "GB": ("brit*",), "GR": ("griech*",), "HU": ("ungar*",),
        "IE": ("ir*",), "IS": ("isländ*",), "IL": ("israel*",), "JP": ("japan*",), "KP": ("nordkorean*", "korean*"), "KR": ("südkorean*", "korean*"), "LV": ("lett*",),
        "EE": ("estn*", "estländ*"), "LT": ("litau*",), "LU": ("luxemburg*",), "MM": ("birm*", "burm*"), "NL": ("niederländ*", "holländ*"), "NO": ("norweg*",), "NZ": ("neuseeländ*",), "PL": ("poln*", "pole*"), "PS": ("palästin*",),
        "PT": ("portug*",), "RO": ("rumän*",), "RU": ("russ*",), "SA": ("saudi*",), "TH": ("thai*", "thailänd*"), "TR": ("türk*",), "UA": ("ukrain*",), "US": ("amerikan*", "US-amerikan*"),
        "ZA": ("südafrikan*",), "150": ("europä*",), "002": ("afrikan*",), "142": ("asiat*",), "419": ("lateinamerikan*",), "KO": ("korean*",), "IN": ("indi*", "Inder*"), "AT": ("österreich*",), "VA": ("vatikan*",), "CI": ("ivor*",), "EU": ("EU*",),
    },
    "fr": {
        "US": ("américain*",), "GB": ("britannique*",), "DE": ("allemand*",), "FR": ("français*",), "ES": ("espagnol*",), "NL": ("néerlandais*",),
        "RU": ("russe*",), "GR": ("grec*",), "TR": ("turc*", "turque*"), "PL": ("polon*",), "CH": ("suisse*", "helvét*"), "EG": ("égypt*",), "DK": ("danois*",), "UA": ("ukrain*",),
    },
}  # fmt: skip

#: How a text says in which language something is said; `{}` is the name of the language.
IN_LANGUAGE: dict[str, str] = {"fr": "en {}", "en": "in {}", "de": "auf {}"}

#: By language: names of currencies that stand for any of them, and how they are written beside CLDR's own.
CURRENCIES: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {"USD": ("", "dollar américain", "dollars américains", "dollars US"), "GBP": ("", "livre sterling", "livres sterling"), "RUB": ("", "rouble", "roubles"), "JPY": ("", "yen", "yens"), "CNY": ("", "yuan", "yuans")},
    "en": {"USD": ("US dollars", "dollar", "dollars", "American dollars", "$", "USD"), "GBP": ("pounds", "pound", "sterling", "£", "GBP"), "EUR": ("euros", "euro", "€", "EUR"), "RUB": ("roubles", "rubles", "ruble", "rouble"), "JPY": ("yen", "¥", "JPY"), "CNY": ("yuan", "renminbi")},
    "de": {"USD": ("US-Dollar", "Dollar", "$", "USD"), "GBP": ("Pfund", "Pfund Sterling", "£", "GBP"), "EUR": ("Euro", "€", "EUR"), "RUB": ("Rubel",), "JPY": ("Yen", "¥", "JPY"), "CNY": ("Yuan", "Renminbi")},
}  # fmt: skip

#: Words with a capital that are no part of a country's name, though they stand before it.
NO_NAMES = frozenset(
    "à a au aux avec chez contre d dans de depuis des du durant en entre et hors l la le les malgré mais or ou par pour qu que quand "
    "sans selon si sous sur toute tout vers via vu comme où chaque cette l’ "
    "in the and from of to for with by at on but if "
    "der die das den dem des im in aus nach und mit von vor für bei zum zur auf".split()
)
