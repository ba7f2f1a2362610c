//! Names of countries without what writers add to them, so that two spellings can be compared.

/// A name in small letters and single spaces, without articles, dots, marks of footnotes and what stands in parentheses.
pub(super) fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ");
    let mut depth = 0;
    let outside = |letter: &char| {
        depth += i32::from(*letter == '(') - i32::from(*letter == ')' && depth > 0);
        depth == 0 && *letter != ')'
    };
    let kept: String = lower.chars().filter(outside).map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    words.join(" ").trim_start_matches("the ").to_owned()
}

/// A name as scenarios write regions: `south-korea`.
pub(super) fn word(name: &str) -> String {
    plain(name).replace(' ', "-")
}
