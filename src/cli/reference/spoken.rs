//! Keys, parameters of models and forms of numbers, as the terminal tells of them.

use crate::growth::Growth;
use crate::scenario::{FORMS, ListedKey, Without, key_tables};

/// Every key of this name, table by table; empty where there is none.
pub(super) fn keys(word: &str) -> String {
    let mut text = String::new();
    for table in key_tables() {
        for key in table.keys.iter().filter(|key| key.word == word) {
            text += &format!("{}, a key of {}: {}\n", key.word, place(table.name), about(key));
        }
    }
    text
}

/// The table that a key stands in, in words.
fn place(table: &str) -> String {
    match table {
        "top" => "the top of a scenario".to_owned(),
        "value" => "an uncertain number".to_owned(),
        other => other.to_owned(),
    }
}

fn about(key: &ListedKey) -> String {
    let mut text = format!("{}\n  holds    {}", key.about, key.holds);
    let without = match key.without {
        Without::Required => "it has to be written",
        Without::Is(value) | Without::Told(value) => value,
    };
    let example = key.example.as_str();
    let told = [
        ("unit", key.unit),
        ("accepts", &key.range),
        ("without", without),
        ("example", example),
        ("used in", key.used.name()),
    ];
    for (label, value) in told.into_iter().filter(|(_, value)| !value.is_empty()) {
        text += &format!("\n  {label:<8} {value}");
    }
    text
}

/// The way to write a number that has this word; empty where there is none.
pub(super) fn form(word: &str) -> String {
    let found = FORMS.iter().find(|form| form.word == word && form.word != "value");
    found.map_or_else(String::new, |form| {
        format!("{}, a way to write a number: {}\n  {} = {}\n", form.word, form.meaning, form.of, form.example)
    })
}

/// What a parameter of this name does in each model that has it; empty where none has.
pub(super) fn parameters(word: &str) -> String {
    let of =
        |model: &'static str| Growth::<()>::parameters(model).unwrap_or_default().iter().map(move |it| (model, it));
    let found = Growth::<()>::NAMES.into_iter().flat_map(of).filter(|(_, it)| it.name == word);
    found.map(|(model, it)| format!("{word}, of the model {model}: {} ({})\n", it.meaning, it.kind.unit())).collect()
}

/// Names of all parameters of models.
pub(super) fn parameter_names() -> impl Iterator<Item = &'static str> {
    Growth::<()>::NAMES.into_iter().flat_map(|it| Growth::<()>::parameters(it).unwrap_or_default()).map(|it| it.name)
}
