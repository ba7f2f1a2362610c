//! Countries and territories of ISO 3166-1, by any of their names and codes.

use rust_iso3166::{ALL, CountryCode, from_alpha2, from_alpha3};

use super::plain::plain;

/// Whether a name that is not found is no country.
pub(super) const KNOWS_ALL: bool = true;

/// Names in use that are not the short name of the standard, with the code of two letters.
const OTHERS: [(&str, &str); 32] = [
    ("south korea", "KR"),
    ("korea", "KR"),
    ("korea rep", "KR"),
    ("republic of korea", "KR"),
    ("north korea", "KP"),
    ("russia", "RU"),
    ("vietnam", "VN"),
    ("turkey", "TR"),
    ("czech republic", "CZ"),
    ("slovak republic", "SK"),
    ("hong kong sar china", "HK"),
    ("hong kong sar", "HK"),
    ("macao sar china", "MO"),
    ("uae", "AE"),
    ("iran islamic rep", "IR"),
    ("egypt arab rep", "EG"),
    ("syria", "SY"),
    ("laos", "LA"),
    ("brunei", "BN"),
    ("cape verde", "CV"),
    ("ivory coast", "CI"),
    ("democratic republic of congo", "CD"),
    ("congo dem rep", "CD"),
    ("swaziland", "SZ"),
    ("加拿大", "CA"),
    ("德国", "DE"),
    ("法国", "FR"),
    ("以色列", "IL"),
    ("印度", "IN"),
    ("日本", "JP"),
    ("新加坡", "SG"),
    ("韩国", "KR"),
];

/// Words for what the standard names at length, or twice.
const WORDS: [(&str, &str); 12] = [
    ("KR", "south-korea"),
    ("KP", "north-korea"),
    ("RU", "russia"),
    ("VN", "vietnam"),
    ("TR", "turkey"),
    ("SY", "syria"),
    ("LA", "laos"),
    ("BN", "brunei"),
    ("CD", "dr-congo"),
    ("VG", "british-virgin-islands"),
    ("VI", "us-virgin-islands"),
    ("NL", "netherlands"),
];

/// The word for a country or territory.
pub(super) fn country(name: &str, code: &str) -> Option<String> {
    let found = by_code(code).or_else(|| by_name(&plain(name))).or_else(|| by_code(name))?;
    let own = WORDS.iter().find(|(alpha2, _)| *alpha2 == found.alpha2).map(|(_, word)| (*word).to_owned());
    Some(own.unwrap_or_else(|| short(found.name).replace(' ', "-")))
}

fn by_code(code: &str) -> Option<CountryCode> {
    let code = code.trim().to_uppercase();
    match code.len() {
        2 => from_alpha2(&code),
        3 => from_alpha3(&code),
        _ => None,
    }
}

fn by_name(plain_name: &str) -> Option<CountryCode> {
    if let Some((_, alpha2)) = OTHERS.iter().find(|(known, _)| *known == plain_name) {
        return from_alpha2(alpha2);
    }
    ALL.iter()
        .find(|it| plain(it.name) == plain_name)
        .or_else(|| ALL.iter().find(|it| short(it.name) == plain_name))
        .copied()
}

/// The part of a name before its comma: `iran` for `Iran, Islamic Republic of`.
fn short(name: &str) -> String {
    plain(name.split(',').next().unwrap_or(name))
}
