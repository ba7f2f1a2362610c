//! The technical words that stand in reports and tables, each in one line for those who meet them there.

/// A word with its meaning in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The word as it is written.
    pub word: &'static str,
    /// Other forms under which a reader may meet it or ask for it.
    pub also: &'static [&'static str],
    /// One line that a newcomer understands.
    pub gloss: &'static str,
}

const fn gloss(word: &'static str, also: &'static [&'static str], gloss: &'static str) -> Gloss {
    Gloss { word, also, gloss }
}

/// Every term, in the order of the alphabet.
pub const GLOSSES: [Gloss; 30] = [
    gloss(
        "80% of paths",
        &["80%", "band", "range"],
        "eight of ten simulated futures end between these two numbers; one of ten below, one above.",
    ),
    gloss(
        "base year",
        &["base-year"],
        "the last observed year: every path starts from its figures and is held against them.",
    ),
    gloss(
        "chance",
        &["chance-per-year", "probability"],
        "of an event: the share of paths in which it happens, once or in any year.",
    ),
    gloss(
        "contaminated",
        &["contaminated law"],
        "a law of shocks in which a few years are wild: usual years and now and then one with several times the spread.",
    ),
    gloss(
        "correlation",
        &["rho", "correlations", "spearman"],
        "how far two inputs or the shocks of two series go together: 1 always, 0 not at all, −1 always opposed.",
    ),
    gloss("derived", &["derived figure"], "computed from other published figures, because nobody states this one."),
    gloss(
        "draw",
        &["draws"],
        "one set of values for all uncertain assumptions; two paths share it and differ in luck.",
    ),
    gloss(
        "gap",
        &["lead"],
        "the funding of the US minus that of China, or of whichever two regions the scenario names.",
    ),
    gloss("half-life", &["pulse"], "years until half of a passing effect is gone."),
    gloss("horizon", &[], "the last simulated year."),
    gloss(
        "lever",
        &["decision"],
        "an event that somebody decides, such as a state fund; everything else is circumstance.",
    ),
    gloss("loading", &["loadings", "factor"], "how strongly a series moves with the one market factor, from −1 to 1."),
    gloss(
        "log points",
        &["log point", "log change", "in logs"],
        "hundredths of a natural log, in which rises and falls of one factor are equal: 10 of them are about 10%.",
    ),
    gloss("luck", &["shock", "shocks"], "what single years bring and no assumption settles."),
    gloss("median", &["median path"], "the middle: half of the paths end above it, half below."),
    gloss(
        "natural log",
        &["ln"],
        "the unit of changes in tables: 0.1 is about 10%, and its hundredths are the log points of the words.",
    ),
    gloss(
        "negative-binomial",
        &["negative binomial", "counting"],
        "a law of counts whose spread is wider than chance alone would make it.",
    ),
    gloss(
        "order statistics",
        &["quantile", "quantiles", "p10", "p50", "p90"],
        "values of the paths sorted by size: p10 is the one that a tenth lies below.",
    ),
    gloss(
        "over the assumptions",
        &["spread over the assumptions"],
        "how a chance differs from one draw of the assumptions to another: the range holds eight of ten draws.",
    ),
    gloss(
        "path",
        &["paths", "simulated path"],
        "one simulated future: a value for every assumption, and luck for every year.",
    ),
    gloss(
        "rounding interval",
        &["rounding"],
        "the values that a published figure may stand for: $2bn is anything from $1.5bn to $2.5bn.",
    ),
    gloss(
        "sd",
        &["standard deviation", "sd in logs"],
        "standard deviation: about two thirds of values lie within one of it from the middle.",
    ),
    gloss("seed", &[], "the number that decides all random numbers: the same seed gives the same paths."),
    gloss(
        "Shapley value",
        &["shapley"],
        "the average effect of one input over all orders in which the inputs could be switched.",
    ),
    gloss(
        "simulation error",
        &["standard error", "monte carlo error"],
        "how far a number could move under another seed; more paths make it smaller.",
    ),
    gloss(
        "Sobol’ index",
        &["sobol", "sobol index", "sobol’"],
        "the share of the spread that would vanish if one input were known.",
    ),
    gloss("step", &["over"], "a change of level that stays, reached in equal steps over some years."),
    gloss(
        "variance",
        &[],
        "a measure of spread of which the parts of independent causes add up: the square of the sd.",
    ),
    gloss("vintage", &["edition"], "the edition of a source: the same year’s figure is revised later."),
    gloss("volatility", &[], "how much a typical year deviates from its trend: 20% means years of −18% to +22%."),
];

/// The term of a word as somebody may type it, whatever its capitals and its apostrophe.
#[must_use]
pub fn find(word: &str) -> Option<&'static Gloss> {
    let plain = |word: &str| word.to_lowercase().replace(['’', '\''], "");
    let wanted = plain(word);
    GLOSSES.iter().find(|it| std::iter::once(&it.word).chain(it.also).any(|known| plain(known) == wanted))
}

/// The terms that stand in a text, for its glossary.
pub fn used_in(text: &str) -> impl Iterator<Item = &'static Gloss> {
    let text = text.to_lowercase();
    GLOSSES.iter().filter(move |it| {
        let stands = |word: &str| {
            let word = word.to_lowercase();
            text.match_indices(&word).any(|(at, _)| {
                let apart = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
                apart(text[..at].chars().next_back()) && apart(text[at + word.len()..].chars().next())
            })
        };
        stands(it.word) || it.also.iter().any(|word| stands(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_in_order_short_and_found_by_any_of_their_forms() {
        assert!(GLOSSES.is_sorted_by_key(|it| it.word.to_lowercase()));
        for it in &GLOSSES {
            assert!(it.gloss.len() <= 140 && it.gloss.ends_with('.'), "{}", it.word);
            assert!(find(&it.word.to_uppercase()) == Some(it), "{}", it.word);
        }
        assert_eq!(find("sobol'").map(|it| it.word), Some("Sobol’ index"));
        assert_eq!(find("P90").map(|it| it.word), Some("order statistics"));
        assert_eq!(find("nothing"), None);
    }

    #[test]
    fn a_glossary_holds_whole_words_alone() {
        let of = |text: &str| used_in(text).map(|it| it.word).collect::<Vec<_>>();
        assert_eq!(of("A drawing of luck."), ["luck"]);
        assert_eq!(of("Log points of the seed"), ["log points", "seed"]);
    }
}
