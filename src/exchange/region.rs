//! Countries as others call them, by name or code of ISO 3166, and the one word that scenarios have for each.

#[cfg(feature = "iso3166")]
mod iso;
#[cfg(not(feature = "iso3166"))]
mod no_iso;
mod plain;

#[cfg(not(feature = "iso3166"))]
use no_iso as iso;
use plain::{plain, word};

/// Whether a name that is found nowhere is that of no country.
pub(super) const KNOWS_ALL: bool = iso::KNOWS_ALL;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A country or a territory, or the world.
    One(String),
    /// Several countries together, such as `eu`: beside its members it would count them twice.
    Group(String),
}

impl Named {
    /// The word of scenarios.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::One(word) | Self::Group(word) => word,
        }
    }
}

/// Words of the house for what has many names, groups of countries among them.
const HOUSE: [(&str, &[&str]); 7] = [
    ("us", &["united states", "united states of america", "usa", "us", "u s", "u s a", "america", "美国"]),
    (
        "china",
        &[
            "china",
            "prc",
            "people s republic of china",
            "mainland china",
            "china mainland",
            "cn",
            "chn",
            "中国",
            "中国大陆",
        ],
    ),
    ("uk", &["united kingdom", "uk", "gbr", "gb", "great britain", "u k", "britain", "英国"]),
    ("eu", &["european union", "欧盟", "eu", "eu27", "eu 27", "eu28", "eu 28", "euu", "owid eu27", "eu27 2020"]),
    (
        "world",
        &[
            "world",
            "global",
            "worldwide",
            "wld",
            "owid wrl",
            "all countries",
            "total world",
            "world total",
            "all",
            "全球",
            "世界",
        ],
    ),
    ("rest", &["rest of world", "rest of the world", "row", "other countries", "all other countries"]),
    ("kosovo", &["kosovo", "owid kos", "xkx", "xk"]),
];

/// Members of the European Union, in the words of scenarios.
const MEMBERS: [&str; 27] = [
    "austria",
    "belgium",
    "bulgaria",
    "croatia",
    "cyprus",
    "czechia",
    "denmark",
    "estonia",
    "finland",
    "france",
    "germany",
    "greece",
    "hungary",
    "ireland",
    "italy",
    "latvia",
    "lithuania",
    "luxembourg",
    "malta",
    "netherlands",
    "poland",
    "portugal",
    "romania",
    "slovakia",
    "slovenia",
    "spain",
    "sweden",
];

/// Whether a region is a member of the European Union.
pub(super) fn is_member(word: &str) -> bool {
    MEMBERS.contains(&word)
}

/// The region that a name and a code, either of which may be empty, stand for.
pub(super) fn named(name: &str, code: &str) -> Named {
    house(code)
        .or_else(|| house(name))
        .map(one_or_group)
        .or_else(|| iso::country(name, code).map(Named::One))
        .unwrap_or_else(|| {
            let said = if name.is_empty() { code } else { name };
            if KNOWS_ALL { Named::Group(word(said)) } else { Named::One(word(said)) }
        })
}

/// Whether a heading names a country or one of the house's words.
pub(super) fn is_region(name: &str) -> bool {
    house(name).is_some() || iso::country(name, "").is_some()
}

/// The name that a misspelt one is a letter or two off, of the regions that every scenario knows.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 5] = ["United States", "China", "World", "United Kingdom", "European Union"];
    let own = plain(name);
    NAMES.into_iter().find(|known| {
        let most = if known.len() > 8 { 2 } else { 1 };
        (1..=most).contains(&strsim::damerau_levenshtein(&own, &known.to_lowercase()))
    })
}

fn one_or_group(word: &'static str) -> Named {
    if word == "eu" { Named::Group(word.to_owned()) } else { Named::One(word.to_owned()) }
}

fn house(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    HOUSE.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_has_one_word_for_many_names() {
        for (name, code, expected) in [
            ("United States", "USA", "us"),
            ("the United States of America", "", "us"),
            ("U.S.", "", "us"),
            ("", "CHN", "china"),
            ("China (mainland)", "", "china"),
            ("World", "OWID_WRL", "world"),
            ("United Kingdom", "GBR", "uk"),
        ] {
            assert_eq!(named(name, code), Named::One(expected.to_owned()), "{name} {code}");
        }
        for name in ["European Union", "EU-27", "EU27 (2020)", "EU"] {
            assert_eq!(named(name, ""), Named::Group("eu".to_owned()), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_a_letter_off_is_asked_about() {
        for (name, known) in [
            ("United Sates", Some("United States")),
            ("Unted States", Some("United States")),
            ("Chna", Some("China")),
            ("Wrold", Some("World")),
            ("China", None),
            ("Total", None),
            ("Chile", None),
            ("Ghana", None),
        ] {
            assert_eq!(meant(name), known, "{name}");
        }
    }

    #[cfg(feature = "iso3166")]
    #[test]
    fn countries_are_known_by_name_and_code_and_groups_are_none() {
        for (name, code, expected) in [
            ("Germany", "", "germany"),
            ("", "DEU", "germany"),
            ("de", "", "germany"),
            ("Korea, Rep.", "KOR", "south-korea"),
            ("South Korea", "", "south-korea"),
            ("Viet Nam", "", "vietnam"),
            ("Turkey", "", "turkey"),
            ("Türkiye", "TUR", "turkey"),
            ("Taiwan", "TWN", "taiwan"),
            ("Hong Kong SAR, China", "HKG", "hong-kong"),
            ("Czech Republic", "", "czechia"),
            ("Russian Federation", "", "russia"),
        ] {
            assert_eq!(named(name, code), Named::One(expected.to_owned()), "{name} {code}");
        }
        for name in ["Europe", "OECD members", "High income", "Asia and Pacific"] {
            assert_eq!(named(name, ""), Named::Group(word(name)), "{name}");
        }
        assert!(MEMBERS.iter().all(|member| named(member, "") == Named::One((*member).to_owned())));
    }
}
