//! A run in parts: however its paths are divided, in whatever order the parts come, they say what the whole run says.

use std::ops::Range;

use crate::support;
use aigap::engine::Settings;
use aigap::scenario::{Layers, Scenario};
use aigap::summary::{MergeError, PartError, Partial, ReadError, Summary, Wanted};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Nine blocks, the last of which is not full.
const PLAIN: Settings = Settings::new(8 * 1024 + 250, 3);
/// Replicates of half a block, and of two.
const POINTS: [u64; 3] = [8192, 16_384, 32_768];

fn shipped(name: &str) -> Scenario {
    let text =
        |name: &str| std::fs::read_to_string(format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let files = [(name, &*text(name)), ("base.toml", &*text("base.toml"))];
    support::try_read(&files, &Layers::default()).unwrap().scenario
}

/// Rare deals: ties, infinite ratios, undefined ones.
fn sparse() -> Scenario {
    let sparse = support::BASE.replace("2.02013400267558%", "-95%").replace("4.08107741923882%", "-93%");
    support::scenario(&(sparse + "[us.counting]\ndeals = \"poisson\"\n[china.counting]\ndeals = \"poisson\"\n"))
}

fn on_points(paths: u64) -> (&'static str, Scenario, Settings) {
    let scenario = support::shipped_base();
    let settings = Settings::on_points(&[&scenario], paths, 3).unwrap();
    ("points", scenario, settings)
}

fn scenarios() -> Vec<(&'static str, Scenario, Settings)> {
    let student_t = support::BASE.to_owned() + "[shocks]\nlaw = { student-t = 4 }\n";
    let mut all = vec![
        ("baseline", support::shipped_base(), PLAIN),
        ("deals one by one", shipped("deal-by-deal.toml"), PLAIN),
        ("regimes", shipped("boom-and-bust.toml"), PLAIN),
        ("Student's t", support::scenario(&student_t), PLAIN),
        ("rare deals", sparse(), PLAIN),
    ];
    all.extend(POINTS.map(on_points));
    all
}

fn part(scenario: &Scenario, settings: &Settings, range: Range<u64>) -> Partial {
    Partial::of(scenario, settings, range, Wanted::default(), &|_| {}).unwrap()
}

/// A run as a whole: the bytes of its only part, and what it says.
struct Whole {
    settings: Settings,
    bytes: Vec<u8>,
    says: String,
}

impl Whole {
    fn of(scenario: &Scenario, settings: &Settings) -> Self {
        let says = Summary::of(scenario, settings, Wanted::default(), &|_| {});
        // Means that do not exist are no numbers, which are equal to nothing; as text they are.
        Self {
            settings: settings.clone(),
            bytes: part(scenario, settings, 0..settings.paths).to_bytes(),
            says: format!("{says:?}"),
        }
    }

    /// Fails unless the parts are this run, to the byte.
    fn check(&self, name: &str, scenario: &Scenario, parts: Vec<Partial>) {
        let ranges: Vec<Range<u64>> = parts.iter().map(Partial::range).collect();
        let merged = Partial::merge(parts).unwrap();
        assert!(merged.to_bytes() == self.bytes, "{name}: {ranges:?}");
        assert!(format!("{:?}", merged.summary(scenario, &self.settings).unwrap()) == self.says, "{name}: {ranges:?}");
    }
}

#[test]
fn one_to_nine_parts_in_reverse_are_the_whole_run() {
    for (name, scenario, settings) in scenarios() {
        let whole = Whole::of(&scenario, &settings);
        for parts in 1..=9 {
            let range = |place: u64| Partial::range_of(&settings, place, parts);
            let made = (0..parts).rev().map(|place| part(&scenario, &settings, range(place))).collect();
            whole.check(name, &scenario, made);
        }
    }
}

#[test]
fn any_division_in_any_order_is_the_whole_run() {
    for (name, scenario, settings) in scenarios() {
        let block = Partial::paths_of_a_block(&settings);
        let blocks = settings.paths.div_ceil(block);
        let single: Vec<Partial> = (0..blocks)
            .map(|place| part(&scenario, &settings, place * block..((place + 1) * block).min(settings.paths)))
            .collect();
        let whole = Whole::of(&scenario, &settings);
        let division = prop::collection::vec(any::<(bool, u32)>(), single.len());
        let mut runner = TestRunner::new(ProptestConfig { cases: 4, ..ProptestConfig::default() });
        let outcome = runner.run(&division, |division| {
            let mut groups: Vec<Vec<Partial>> = vec![Vec::new()];
            for (part, (cut, _)) in single.iter().zip(&division) {
                groups.last_mut().unwrap().push(part.clone());
                if *cut {
                    groups.push(Vec::new());
                }
            }
            let groups = groups.into_iter().filter(|group| !group.is_empty());
            let mut parts: Vec<(u32, Partial)> =
                groups.zip(&division).map(|(group, (_, order))| (*order, Partial::merge(group).unwrap())).collect();
            parts.sort_by_key(|(order, _)| *order);
            let parts = parts.into_iter().map(|(_, part)| part).collect();
            whole.check(name, &scenario, parts);
            Ok(())
        });
        outcome.unwrap();
    }
}

#[test]
fn a_stored_part_is_read_as_it_was_written_and_is_small() {
    for (name, scenario, settings) in scenarios() {
        let range = Partial::range_of(&settings, 1, 3);
        let written = part(&scenario, &settings, range).named("the hash of a scenario");
        let bytes = written.to_bytes();
        let read = Partial::from_bytes(&bytes).unwrap();
        assert!(read == written && read.to_bytes() == bytes, "{name}");
        assert_eq!(read.identity(), "the hash of a scenario");
        assert!(bytes.len() < 5_000_000, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn damaged_bytes_are_refused_wherever_the_damage_is() {
    let scenario = support::scenario(support::BASE);
    let bytes = part(&scenario, &PLAIN, 0..1024).to_bytes();
    for place in (0..bytes.len()).step_by(997).chain(0..120) {
        let mut damaged = bytes.clone();
        damaged[place] ^= 4;
        assert!(Partial::from_bytes(&damaged).is_err(), "byte {place}");
        assert!(Partial::from_bytes(&bytes[..place]).is_err(), "the first {place} bytes");
    }
    let said = |bytes: &[u8]| Partial::from_bytes(bytes).unwrap_err().to_string();
    assert_eq!(said(b""), "this is no part of a run");
    assert_eq!(said(b"year,value\n2022,3\n"), "this is no part of a run");
    assert_eq!(Partial::from_bytes(b"{\"aigap-part\":9}\n"), Err(ReadError::Version { found: 9, read: 1 }));
    assert_eq!(
        said(b"{\"aigap-part\":9}\n"),
        "this part is written in version 9 of its format, and this program reads version 1; make it again"
    );
    assert_eq!(
        said(&bytes[..bytes.len() - 1]),
        "this part is damaged (its bytes are not those that were written); make it again"
    );
}

/// A part whose body was changed and whose hash is that of the changed body.
fn forged(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let body = text.split_once('\n').unwrap().1;
    assert!(body.contains(from), "{from}");
    let body = body.replacen(from, to, 1);
    let hash: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{{\"aigap-part\":1,\"sha256\":\"{hash}\"}}\n{body}").into_bytes()
}

#[test]
fn counts_that_cannot_be_are_refused_even_under_a_hash_of_their_own() {
    let scenario = support::scenario(support::BASE);
    let bytes = part(&scenario, &PLAIN, 0..1024).to_bytes();
    assert!(Partial::from_bytes(&forged(&bytes, "\"seed\":3", "\"seed\":4")).is_ok());
    for (from, to) in [
        ("\"start\":0", "\"start\":1024"),
        ("\"end\":1024", "\"end\":1025"),
        ("\"end\":1024", "\"end\":99999999"),
        ("\"yes\":", "\"yes\":9"),
        ("\"saturated\":0", "\"saturated\":2000"),
        ("\"at\":", "\"at\":99"),
        ("\"count\":1024", "\"count\":1025"),
        ("\"count\":1024", "\"count\":\"?\""),
    ] {
        let error = Partial::from_bytes(&forged(&bytes, from, to)).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{from} as {to}: {error}");
    }
}

#[test]
fn gaps_overlaps_and_parts_of_other_runs_are_named() {
    let scenario = support::scenario(support::BASE);
    let of = |range: Range<u64>| part(&scenario, &PLAIN, range);
    let (first, second, last) = (of(0..2048), of(2048..4096), of(4096..PLAIN.paths));
    let said = |parts: &[&Partial]| Partial::merge(parts.iter().copied().cloned()).unwrap_err().to_string();
    assert_eq!(said(&[]), "there is no part to merge");
    assert_eq!(said(&[&last, &first]), "paths 2048 to 4095 are missing; simulate their part");
    assert_eq!(
        said(&[&second, &of(0..3072)]),
        "paths 2048 to 3071 are also in the part of paths 2048 to 4095; leave one out"
    );
    assert_eq!(
        said(&[&first, &second, &first]),
        "paths 0 to 2047 are also in the part of paths 0 to 2047; leave one out"
    );
    let half = Partial::merge([second.clone(), last.clone()]).unwrap();
    assert_eq!(half.range(), 2048..PLAIN.paths);
    let missing = |part: &Partial| part.summary(&scenario, &PLAIN).unwrap_err();
    assert_eq!(missing(&half), MergeError::Missing { range: 0..2048 });
    assert_eq!(missing(&first), MergeError::Missing { range: 2048..PLAIN.paths });
    let named = second.clone().named("another");
    assert_eq!(
        said(&[&first, &named]),
        "the part of paths 2048 to 4095 is of another run: its name is \"another\" and not \"\""
    );
    let seeded = part(&scenario, &Settings::new(PLAIN.paths, 4), 2048..4096);
    let longer = part(&scenario, &Settings::new(9216, PLAIN.seed), 2048..4096);
    let headline = Wanted { metrics: aigap::metric::Metrics::OF_THE_HEADLINE, ..Wanted::default() };
    let fewer = Partial::of(&scenario, &PLAIN, 2048..4096, headline, &|_| {}).unwrap();
    for (other, words) in [(&seeded, "its seed is"), (&longer, "its number of paths"), (&fewer, "its list of metrics")]
    {
        let error = said(&[&first, other]);
        assert!(error.contains(words), "{error}");
    }
    // A scenario of another length counts other things, as far as counts can tell.
    let short = support::scenario(&support::BASE.replace("horizon = 2035", "horizon = 2030"));
    let of_short = part(&short, &PLAIN, 2048..4096);
    let whole = Partial::merge([first.clone(), half]).unwrap();
    assert!(said(&[&first, &of_short]).ends_with("what was counted is not what this scenario counts"));
    assert!(matches!(whole.summary(&short, &PLAIN), Err(MergeError::Foreign { .. })));
}

#[test]
fn a_part_that_cannot_be_made_says_why() {
    let scenario = support::scenario(support::BASE);
    let refused = |range, wanted| Partial::of(&scenario, &PLAIN, range, wanted, &|_| {}).unwrap_err();
    let usual = Wanted::default;
    assert_eq!(refused(0..1024, Wanted { exact: true, ..usual() }), PartError::Exact);
    assert_eq!(refused(0..1024, Wanted { precision: Some(0.01), ..usual() }), PartError::Precision);
    assert!(PartError::Exact.to_string().starts_with("exact quantiles look at all paths twice"));
    assert!(PartError::Precision.to_string().starts_with("a stated precision doubles the paths"));
    assert_eq!(
        refused(0..1000, usual()).to_string(),
        "paths 0 to 999 begin or end within a block; begin and end at a multiple of 1024 paths, or at the last path"
    );
    assert_eq!(
        refused(8192..9216, usual()).to_string(),
        "paths 8192 to 9215 are not among the 8442 paths of the run, which are counted from 0"
    );
    assert_eq!(refused(1024..1024, usual()), PartError::Outside { range: 1024..1024, paths: 8442 });
    let (_, scenario, points) = on_points(POINTS[0]);
    let odd = Partial::of(&scenario, &points.up_to(PLAIN.paths), 0..512, usual(), &|_| {}).unwrap_err();
    assert_eq!(odd.to_string(), "points come in powers of two, not in 8442 paths; take 16384");
    let halves = Partial::of(&scenario, &points, 0..768, usual(), &|_| {}).unwrap_err();
    assert_eq!(halves, PartError::WithinBlock { range: 0..768, block: 512 });
}
