//! Which runs may stand on one page: those of the same years and the same money.

use crate::report::Part;
use crate::scenario::Scenario;

use super::outcome::Outcome;
use super::print::Terminal;

/// Refuses a run that cannot stand beside the first one of a page.
pub(super) fn has_room_for(scenario: &Scenario, first: Option<&Part>, terminal: &Terminal) -> Result<(), Outcome> {
    let Some(why) = first.and_then(|first| apart(&first.scenario, scenario)) else { return Ok(()) };
    terminal.error(&format!("these runs do not go on one page: {why}; write a page for each"));
    Err(Outcome::Usage)
}

/// Why two runs cannot stand side by side: what is said of one year and in one money would be false of the other.
fn apart(first: &Scenario, other: &Scenario) -> Option<String> {
    let [one, two] = [first, other].map(Scenario::name);
    let of_figures = || {
        let (base, year) = (first.base_year(), other.base_year());
        (base != year).then(|| format!("{one} starts from the figures of {base} and {two} from those of {year}"))
    };
    let of_years = || {
        let (end, year) = (first.horizon(), other.horizon());
        (end != year).then(|| format!("{one} ends in {end} and {two} in {year}"))
    };
    let of_money = || {
        let shown = [first, other].map(|it| (it.money().currency(), it.money().prices()));
        (shown[0] != shown[1]).then(|| format!("{one} and {two} are in different money"))
    };
    of_figures().or_else(of_years).or_else(of_money)
}
