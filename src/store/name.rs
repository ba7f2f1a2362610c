//! The usual name of the folder of an answer: its scenarios, what was asked of them, and what flags changed.
//!
//! Runs of one scenario under different flags are different runs, and none takes the place of another: the second run of
//! `base`, in yuan of 2023, goes to `base-cny-real-2023`.

use std::path::Path;

use crate::study::{Changes, Prepared, Question};
use crate::table::sha256;

/// Longest part of a name that tells what flags changed.
const LONGEST: usize = 60;

/// The usual name of the folder of a run, a comparison or another answer.
#[must_use]
pub fn folder_name(prepared: &Prepared) -> String {
    let names: Vec<&str> = prepared.scenarios.iter().map(|it| it.scenario.name()).collect();
    let asked = match &prepared.recipe.question {
        Question::Seek(_) => "-seek",
        Question::Sensitivity(_) => "-sensitivity",
        Question::Sweep(_) => "-sweep",
        Question::Discover(_) => "-discover",
        Question::Fit(_) => "-fit",
        Question::BackTest(_) => "-backtest",
        Question::Simulate(_) | Question::Compare(_) => "",
    };
    let of_what = match names.as_slice() {
        [] => "run".to_owned(),
        [one] => format!("{one}{asked}"),
        [base, what_ifs @ ..] if what_ifs.len() <= 2 => format!("{base}-vs-{}", what_ifs.join("-and-")),
        [base, what_ifs @ ..] => format!("{base}-vs-{}-what-ifs", what_ifs.len()),
    };
    of_what + &changed(&prepared.recipe.changes)
}

/// What flags changed, as the end of a name: `-cny-real-2023`; nothing where they changed nothing.
fn changed(changes: &Changes) -> String {
    let stem = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts: Vec<String> = changes.with.iter().map(|pack| plain(&stem(pack))).collect();
    parts.extend(changes.set.iter().map(|setting| plain(setting)));
    parts.extend(changes.horizon.map(|year| format!("to-{year}")));
    parts.extend(changes.source.as_ref().map(|name| format!("source-{}", plain(name))));
    parts.extend(changes.currency.map(|currency| currency.code().to_lowercase()));
    parts.extend(changes.real.map(|year| format!("real-{year}")));
    parts.extend(changes.nearest_correlation.then(|| "nearest-correlation".to_owned()));
    let name: String = parts.iter().map(|part| format!("-{part}")).collect();
    // What signs were left out of a value, or cut off, tells it from others of the same letters.
    let says_all = changes.set.iter().all(|setting| setting.chars().all(is_said));
    if name.len() <= LONGEST && says_all {
        return name;
    }
    let short: String = name.chars().take(LONGEST).collect();
    let whole = format!("{:?}{:?}", changes.with, changes.set);
    format!("{}-{}", short.trim_end_matches(['-', '.']), &sha256(whole.as_bytes())[..6])
}

/// Signs of a setting that its plain words keep apart.
fn is_said(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '.' | '=' | ' ' | '%' | '-' | '+' | '$')
}

/// Words that may stand in the name of a folder on any machine: `us.deals.growth=-5% from 2027` is
/// `us.deals.growth-minus-5pc-from-2027`.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    let mut before = '=';
    for sign in words.trim().chars() {
        match sign {
            _ if sign.is_ascii_alphanumeric() || (sign == '.' && before.is_ascii_alphanumeric()) => {
                plain.push(sign.to_ascii_lowercase())
            }
            '%' => plain.push_str("pc"),
            '-' | '+' if matches!(before, '=' | ' ' | '"') => {
                plain.push_str(if sign == '-' { "-minus-" } else { "-plus-" });
            }
            _ => plain.push('-'),
        }
        before = sign;
    }
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Currency;

    fn set(settings: &[&str]) -> String {
        changed(&Changes { set: settings.iter().map(|it| (*it).to_owned()).collect(), ..Changes::default() })
    }

    #[test]
    fn a_name_says_what_was_changed() {
        assert_eq!(changed(&Changes::default()), "");
        let yuan = Changes { currency: Some(Currency::Cny), real: Some(2023), ..Changes::default() };
        assert_eq!(changed(&yuan), "-cny-real-2023");
        let packs = ["scenarios/packs/calm.toml".into(), "fat-tails.toml".into()].to_vec();
        assert_eq!(
            changed(&Changes { with: packs, horizon: Some(2035), ..Changes::default() }),
            "-calm-fat-tails-to-2035"
        );
        assert_eq!(set(&["china.deals.growth=3% from 2027"]), "-china.deals.growth-3pc-from-2027");
        assert_eq!(set(&["us.deals.growth=-5%"]), "-us.deals.growth-minus-5pc");
    }

    #[test]
    fn different_changes_have_different_names_and_none_is_long_or_leaves_its_folder() {
        let settings = [
            "a=5%",
            "a=-5%",
            "a=5",
            "a={ p10 = \"5%\", p90 = \"6%\" }",
            "a={ p10 = \"5%\", p90 = \"-6%\" }",
            "a=../../x",
            "a=\u{4e2d}",
            "a=\u{56fd}",
        ];
        let long = "x".repeat(500);
        let mut names: Vec<String> = settings.iter().map(|setting| set(&[setting])).collect();
        names.extend([set(&[&long]), set(&[&format!("{long}y")])]);
        for name in &names {
            let fits = |sign: char| sign.is_ascii_alphanumeric() || "-.".contains(sign);
            assert!(name.len() <= 70 && name.chars().all(fits) && !name.contains(".."), "{name}");
        }
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    }
}
