//! Words of questions asked backwards against their numbers: results made up by the thousand, without any simulation, and whatever
//! is said of them.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

mod made;

use aigap::report::check::untraced;
use aigap::report::data::{Data, disagreement};
use aigap::study::{Answered, Attained, Discovered, Need, Sensitive, SensitivityMethod, Sought, Swept};
use aigap::summary::Sampled;
use aigap::table::{self, Table};
use aigap::wording::{self, Piece, Text};

use made::Maker;

const TIMES: u64 = 2_500;

/// Every number stands in a table as it is written, and what is said of no number at all is not.
fn holds(texts: &[Text], tables: Vec<Table>, what: &str) {
    let mut data = Data::default();
    for table in &tables {
        data.add_table(table.file(), table);
    }
    for text in texts {
        assert_eq!(untraced(text), Vec::<String>::new(), "{what}: {text}");
        for piece in text.pieces() {
            if let Piece::Cited { text: said, citation } = piece {
                assert_eq!(disagreement(said, citation, &data), None, "{what}: {text}");
                let sign_of_a_program = said.starts_with('-') || said.contains("NaN") || said.contains("inf");
                assert!(
                    !sign_of_a_program && !["−0", "−0%", "+0%"].contains(&said.as_str()),
                    "{what}: “{said}” in {text}"
                );
            }
        }
        let plain = text.text();
        assert!(!plain.contains("  ") && !plain.contains(" ,") && !plain.contains(" ."), "{what}: {plain}");
    }
}

/// A heading with its rows: each an input with its cells.
type Part = (String, Vec<(String, Vec<Text>)>);

fn cells(rows: &[Part]) -> impl Iterator<Item = Text> {
    rows.iter().flat_map(|(_, rows)| rows).flat_map(|(_, cells)| cells.clone())
}

#[test]
fn what_is_said_of_a_goal_is_what_was_found() {
    for number in 0..TIMES {
        let sought = Maker::new(number).sought();
        let what = format!("goal {number}, {}", sought.goal.text);
        let rows = wording::one_thing_at_a_time(&sought);
        let finding = Text::joined(wording::seek_finding(&sought), " ");
        let basis = Text::joined(wording::seek_basis(&sought), " ");
        let title = wording::alone_title(&sought);
        let mut texts: Vec<Text> = cells(&rows).chain([finding.clone(), basis.clone(), title.clone()]).collect();
        texts.extend(sought.needs.iter().map(|need| wording::seek_title(&sought, need)));
        holds(&texts, table::questions::tables(&sought), &what);
        let (finding, basis, title) = (finding.text(), basis.text(), title.text());
        assert_eq!(finding.contains("is met already"), sought.met, "{what}: {finding}");
        assert_eq!(title.starts_with("The goal is met"), sought.met, "{what}: {title}");
        let has = |attained: Attained| sought.needs.iter().any(|need| need.attained == attained);
        if let [_] = sought.named[..] {
            of_one(&sought, &finding, &what);
        } else if !sought.met {
            let suffices =
                !finding.contains("no single assumption") && !finding.contains("no assumption of the scenario");
            assert_eq!(suffices, has(Attained::Yes), "{what}: {finding}");
            likeliest(&sought, &title, &what);
        }
        for (head, rows) in &rows {
            assert_eq!(head.contains("stays met at"), sought.met && !head.contains("best"), "{what}: {head}");
            for (name, cells) in rows.iter().filter(|_| !head.contains("best")) {
                let need = sought.needs.iter().find(|need| made::name(&sought, need) == *name).expect("an input");
                side(need, &cells[0].text(), &what);
            }
        }
        for need in sought.needs.iter().filter(|_| sought.named.is_empty()) {
            let name = made::name(&sought, need);
            let told = rows.iter().flat_map(|(_, rows)| rows).filter(|(known, _)| *known == name).count();
            let apart = [Attained::NoEffect, Attained::Everywhere].contains(&need.attained);
            assert_eq!(told, usize::from(!apart), "{what}: {name}");
            assert!(!apart || basis.contains(&name), "{what}: {name} in {basis}");
        }
    }
}

/// `or more` where the goal is met above, `or less` where it is met below, and the words of years.
fn side(need: &Need, said: &str, what: &str) {
    let above = need.needed.as_ref().expect("a value").above;
    let up = said.ends_with(" or more") || said.ends_with(" or later");
    let down = said.ends_with(" or less") || said.ends_with(" or earlier");
    assert_eq!((up, down), (above, !above), "{what}: {said}");
}

fn of_one(sought: &Sought, finding: &str, what: &str) {
    let need = &sought.needs[0];
    let words = match need.attained {
        Attained::Yes => "would have to be",
        Attained::Already => "the goal stays met as long as it",
        Attained::Everywhere => "the goal is met everywhere between",
        Attained::NoEffect => "has no effect on it",
        Attained::Nowhere => "not attainable by",
    };
    assert!(finding.contains(words), "{what}: {finding}");
    let above = need.needed.as_ref().map(|it| it.above);
    match need.attained {
        Attained::Already => {
            let least = finding.contains(" is at least ");
            assert_eq!(Some(least), above, "{what}: {finding}");
        }
        // Short of what should grow is "only", short of what should shrink is "still".
        Attained::Nowhere => {
            let more = [finding.contains(" it is only "), finding.contains(" it is still ")];
            assert_eq!(more, [sought.goal.wants_more(), !sought.goal.wants_more()], "{what}: {finding}");
        }
        _ => {}
    }
}

/// The title names the assumption to which the scenario gives the largest chance.
fn likeliest(sought: &Sought, title: &str, what: &str) {
    let chances = sought.needs.iter().filter(|need| need.attained == Attained::Yes).filter_map(|need| need.chance);
    match chances.max_by(f64::total_cmp) {
        Some(most) => {
            let named = sought.needs.iter().find(|need| need.chance == Some(most) && need.attained == Attained::Yes);
            let name = made::name(sought, named.expect("an input"));
            assert!(title.starts_with("The likeliest way") && title.contains(&name), "{what}: {title}");
        }
        None => assert!(title.starts_with("No") && !title.contains("likeliest"), "{what}: {title}"),
    }
}

fn tornado_and_shares(found: &Sensitive, what: &str) {
    let finding = wording::sensitivity_finding(found);
    let basis = wording::sensitivity_basis(found);
    let rows = wording::sensitivity_tables(found);
    let (target, answer) = (&found.targets[0], &found.answers[0]);
    // What the answer rests on names quantiles, which are no results.
    let mut texts: Vec<Text> = finding.iter().cloned().chain(cells(&rows)).collect();
    let said = Text::joined(finding, " ").text();
    let basis = Text::joined(basis, " ").text();
    match answer {
        Answered::Tornado(it) => {
            let title = wording::tornado_words(found, target, it);
            texts.push(title.clone());
            let title = title.text();
            match it.swings.first() {
                Some(first) => {
                    let name = wording::capital(&wording::input_name(&found.scenario, &first.varied.address));
                    assert!(said.starts_with(&name) && title.contains("most"), "{what}: {said}");
                    // Several are named where the next one's answers read alike.
                    let alone = said.starts_with(&format!("{name} matters most"));
                    assert_eq!(alone, !said.contains(", and alike"), "{what}: {said}");
                    assert_eq!(alone, title.starts_with(&format!("{name} matters most")), "{what}: {title}");
                }
                None => {
                    assert!(said.starts_with("No uncertain input") && title.starts_with("No input"), "{what}: {said}")
                }
            }
            assert_eq!(said.contains(" would be left to luck."), it.luck.is_some() && !it.swings.is_empty(), "{what}");
            for swing in &it.swings {
                let name = wording::input_name(&found.scenario, &swing.varied.address);
                let turns = basis.split("along its input: ").nth(1).and_then(|it| it.split('.').next());
                let told = turns.is_some_and(|all| all.contains(&name));
                assert_eq!(told, made::turns(swing), "{what}: {name} in {basis}");
            }
            assert_eq!(basis.contains("No effect on "), !it.still.is_empty(), "{what}: {basis}");
            assert_eq!(basis.contains("do much together"), it.explained.is_some_and(|it| it < 0.8), "{what}: {basis}");
        }
        Answered::Shares(it) => {
            texts.extend(wording::shares_words(found, target, it));
            let others = || it.players.iter().filter(|player| !player.addresses.is_empty());
            let most = others().map(|player| player.share.value).max_by(f64::total_cmp).expect("an input");
            let named = |player: &aigap::study::Player| {
                let name = wording::player_words(found, player);
                said.split("of the assumptions, ").nth(1).is_some_and(|rest| rest.contains(&name))
            };
            assert!(others().any(|player| player.share.value == most && named(player)), "{what}: {said}");
        }
    }
    holds(&texts, table::sensitivity::tables(found), what);
}

#[test]
fn what_is_said_to_matter_most_does() {
    for number in 0..TIMES {
        for method in SensitivityMethod::ALL {
            tornado_and_shares(&Maker::new(number).sensitive(method), &format!("{method:?} {number}"));
        }
    }
}

fn along_one(found: &Swept, target: usize, said: &str, what: &str) {
    let crossings = found.crossings(target, 0);
    let there: Vec<f64> = found.cells[target][0].iter().flatten().map(|it| it.value).collect();
    if let [first, .., last] = there[..] {
        let still = there.len() == found.cells[target][0].len() && there.iter().all(|it| *it == first);
        assert_eq!(said.contains(" has no effect on "), still, "{what}: {said}");
        // What is said to turn leaves what lies between its ends.
        let outside = there.iter().any(|it| *it < first.min(last) || *it > first.max(last));
        assert!(!said.contains(" by way of ") || outside, "{what}: {said}");
        assert!(!said.contains(" stays at ") || !still, "{what}: {said}");
    }
    let level = found.level(&found.targets[target]);
    let crosses = said.contains("; it crosses ") && !said.contains(" nowhere.");
    let leaps = found.leaps(target, 0).is_some();
    assert_eq!(crosses, level.is_some() && (!crossings.is_empty() || leaps), "{what}: {said}");
    assert_eq!(said.contains(" more than once, first at "), crossings.len() > 1, "{what}: {said}");
    // Between two cells, one on either side of the level.
    let Some((level, tips)) = level.zip(crossings.first()) else { return };
    let unit = |value: &f64| found.along[0].varied.in_unit(&found.scenario, *value).0;
    let values: Vec<f64> = found.along[0].values.iter().map(unit).collect();
    let sides = found.cells[target][0].iter().map(|it| it.map(|it| it.value - level));
    let sides: Vec<Option<f64>> = sides.collect();
    let between = (1..values.len()).any(|place| {
        let inside = values[place - 1] - 1e-9 <= *tips && *tips <= values[place] + 1e-9;
        inside && matches!((sides[place - 1], sides[place]), (Some(a), Some(b)) if a * b <= 0.0)
    });
    assert!(tips.is_finite() && between, "{what}: {tips} with {sides:?}");
}

#[test]
fn what_is_said_of_a_sweep_is_in_its_cells() {
    for number in 0..TIMES {
        let found = Maker::new(number).swept();
        let what = format!("sweep {number}");
        let finding = wording::sweep_finding(&found);
        let titles = (0..found.targets.len()).map(|place| wording::sweep_chart_title(&found, place));
        let table: Vec<Part> = wording::sweep_tables(&found).into_iter().map(|(_, head, rows)| (head, rows)).collect();
        let texts: Vec<Text> = finding.iter().cloned().chain(titles).chain(cells(&table)).collect();
        holds(&texts, table::sweep::tables(&found), &what);
        for (target, said) in finding.iter().enumerate() {
            if found.along.len() == 1 {
                along_one(&found, target, &said.text(), &what);
                continue;
            }
            let crosses = |row: &usize| found.tips(target, *row).is_some() || found.leaps(target, *row).is_some();
            let rows = (0..found.cells[target].len()).filter(crosses).count();
            let (nowhere, only) = (said.text().contains(" nowhere "), said.text().contains(" only "));
            let all: Vec<f64> = found.cells[target].iter().flatten().flatten().map(|it| it.value).collect();
            let still = all.first().is_some_and(|first| {
                found.cells[target].iter().flatten().all(|it| it.map(|it| it.value) == Some(*first))
            });
            assert_eq!(said.text().contains(" in every cell: "), still, "{what}: {said}");
            if rows > 0 && !still {
                // The title of the chart tells of a crossing that the sentence tells, too.
                let title = wording::sweep_chart_title(&found, target).text();
                let told = title.rsplit_once(" at ").or(title.rsplit_once(" between ")).map_or("", |it| it.1);
                let digits = |word: &&str| word.chars().any(|c| c.is_ascii_digit());
                let tip = told.split_whitespace().find(digits).unwrap_or_default();
                assert!(!tip.is_empty() && said.text().contains(tip), "{what}: {title}: {said}");
            }
            if !still && found.level(&found.targets[target]).is_some() {
                assert_eq!((nowhere, only), (rows == 0, rows == 1), "{what}: {said}");
            }
        }
    }
}

/// What a rule says of one input, by its limits.
fn limited(found: &Discovered, sampled: Sampled, limits: [Option<f64>; 2]) -> &'static str {
    let never = f64::from(found.scenario.horizon() + 1);
    match (sampled, limits) {
        (Sampled::Assumption(_), [Some(_), None]) => " is assumed to be above ",
        (Sampled::Assumption(_), [None, Some(_)]) => " is assumed to be below ",
        (Sampled::Assumption(_), _) => " is assumed to be between ",
        (Sampled::Event(_), [Some(low), _]) if low >= never => " does not come by ",
        (Sampled::Event(_), [None, _]) => " comes ",
        (Sampled::Event(_), [_, Some(high)]) if high < never => " comes between ",
        (Sampled::Event(_), _) => " does not come b",
        (Sampled::Jump(_), [None, Some(0.0)]) => " never strikes",
        (Sampled::Jump(_) | Sampled::Regime { .. }, [Some(_), None]) => "at least ",
        (Sampled::Jump(_) | Sampled::Regime { .. }, [None, Some(_)]) => "at most ",
        (Sampled::Jump(_) | Sampled::Regime { .. }, _) => " to ",
    }
}

#[test]
fn what_is_said_of_a_rule_is_what_it_limits() {
    let simulated = made::discovered();
    for number in 0..TIMES {
        let found = Maker::new(number).rule_like(&simulated[number as usize % simulated.len()]);
        let what = format!("rule {number}");
        let finding = wording::discover_finding(&found);
        let titles = [wording::box_title(&found), wording::trajectory_title(&found)];
        let (lifts, table) = (titles[1].text(), [wording::discover_table(&found)]);
        let texts =
            finding.iter().cloned().chain(wording::discover_basis(&found)).chain(titles.clone()).chain(cells(&table));
        holds(&texts.collect::<Vec<_>>(), table::discover::tables(&found), &what);
        let said = Text::joined(finding, " ").text();
        let it = found.shown_box();
        for limits in &it.rule {
            let words = limited(&found, found.inputs[limits.input].sampled, limits.limits);
            assert!(said.contains(words), "{what}: {words} in {said}");
        }
        let (inside, base) = (it.held_out.density(), found.looked_at.density());
        assert_eq!(lifts.contains(" instead of "), !it.rule.is_empty() && inside > base, "{what}: {lifts}");
        let none = if found.shown == found.chosen { "No rule: " } else { "This box holds all futures" };
        assert_eq!(said.starts_with(none), it.rule.is_empty() && found.luck < 0.8, "{what}: {said}");
        assert_eq!(said.contains("would be left"), found.luck >= 0.8, "{what}: {said}");
        let chance = |it: &aigap::study::Restriction| it.quasi_p.iter().flatten().any(|p| *p > 0.05);
        let doubtful = !it.rule.is_empty() && it.rule.iter().all(chance);
        assert_eq!(said.contains("No rule is surely more than chance; "), doubtful, "{what}: {said}");
        assert_eq!(titles[0].text().contains("more surely than chance"), doubtful, "{what}: {}", titles[0].text());
        assert!(said.contains(if it.rule.is_empty() { none } else { "; in all futures, " }), "{what}: {said}");
    }
}
