//! The what-if page: the same numbers as the command line, a diff that both understand, and a page that opens anywhere.

mod browser;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::program::{aigap, done, folder_with, read, root, shipped};
use crate::support::skipped;
use aigap::report::{keep_keys_of_packs, recipe_of_page};
use aigap::scenario::{self, Layers, Loaded, Scenario, library};
use aigap::study::Recipe;
use aigap::whatif::{Answer, Median, Request, Slider, Want, Wanted, answer, answered};
use serde_json::Value;

/// A shipped scenario under some layers; packs that begin with `pack` are what the test says.
fn loaded(name: &str, layers: &Layers, pack: &str) -> Result<Loaded, String> {
    let read = |path: &Path| {
        if path.to_string_lossy().starts_with("pack") {
            return Ok(pack.as_bytes().to_vec());
        }
        std::fs::read(root().join("scenarios").join(path)).map_err(|error| error.to_string())
    };
    scenario::load(Path::new(&format!("{name}.toml")), layers, None, &read).map_err(|rejected| rejected.to_string())
}

fn shipped_scenario(name: &str) -> Scenario {
    loaded(name, &Layers::default(), "").unwrap().scenario
}

/// What the page of a scenario asks with some settings.
fn request(scenario: &Scenario, paths: u64, set: &[String], want: Want) -> Request {
    let file = format!("{}.toml", scenario.name());
    let mut recipe = recipe_of_page(&Recipe { paths: Some(paths), seed: Some(7), ..Recipe::simulate(&file) }, &file);
    recipe.changes.set = set.to_vec();
    Request { texts: vec![(file, scenario.resolved_toml())], recipe, want }
}

fn sliders(scenario: &Scenario) -> Vec<Slider> {
    let Ok(Answer::Inputs(sliders)) = answered(&request(scenario, 2, &[], Want::Inputs)) else {
        panic!("a scenario has inputs")
    };
    sliders
}

/// A value on the track of a slider, as the page writes it.
fn on_track(slider: &Slider, share: f64) -> String {
    let value = slider.low + share * (slider.high - slider.low);
    let value = if slider.unit == "year" { value.round() } else { (value / slider.step).round() * slider.step };
    let value = (value * 1e6).round() / 1e6 + 0.0;
    format!("{}{value}{}", slider.prefix, slider.suffix)
}

/// Numbers from 0 to 1 that look random (Knuth's generator of 64 bits).
fn shares() -> impl FnMut() -> f64 {
    let mut state = 20_240_515_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn a_line_of_the_diff_is_the_setting_of_the_command_line() {
    let mut compared = 0;
    for name in library::names() {
        let scenario = shipped_scenario(name);
        let mut sliders = sliders(&scenario);
        keep_keys_of_packs(&scenario, &mut sliders);
        for slider in sliders {
            // What one input may be can depend on others: then a value nearer to its own is taken.
            let set_to = |share: f64| {
                let value = on_track(&slider, share);
                let setting = format!("{}.median={value}", slider.address);
                let loaded = loaded(name, &Layers { set: vec![setting], ..Layers::default() }, "");
                loaded.ok().map(|loaded| (value, loaded.scenario.resolved_toml()))
            };
            let found = [0.7, 0.5, 0.3, 0.2, 0.1].into_iter().find_map(set_to);
            let Some((value, set)) = found else { panic!("{name}: no value of {slider:?} can be set") };
            let Some(key) = &slider.key else { continue };
            let bare = slider.prefix.is_empty() && slider.suffix.is_empty();
            let value = if bare { value } else { format!("\"{value}\"") };
            let head = slider.table.clone().unwrap_or_default();
            let pack = format!("{head}\n{key}.median = {value}\n");
            let with = loaded(name, &Layers { with: vec!["pack.toml".into()], ..Layers::default() }, &pack);
            assert_eq!(with.map(|it| it.scenario.resolved_toml()), Ok(set), "{name}: {pack}");
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn the_page_says_what_simulate_says() {
    let folder = folder_with(&["base.toml"]);
    let scenario = shipped_scenario("base");
    for set in [&[][..], &["china.deals.growth.median=9%".to_owned(), "us.deal-size.volatility.median=60%".to_owned()]]
    {
        let tables = ["fan.csv", "probabilities.csv", "decomposition.csv"].map(str::to_owned).to_vec();
        let want = Want::Run(Wanted { tables, ..Wanted::default() });
        let Ok(Answer::Run(told)) = answered(&request(&scenario, 2000, set, want)) else { panic!("it can be run") };
        let mut arguments =
            vec!["simulate", "base.toml", "--paths", "2000", "--seed", "7", "--no-charts", "--out", "run", "--force"];
        set.iter().for_each(|setting| arguments.extend(["--set", setting]));
        let printed = done(folder.path(), &arguments);
        for (file, text) in &told.tables {
            assert_eq!(*text, read(folder.path().join("run").join(file)), "{file} with {set:?}");
        }
        let flat = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(flat(&printed).starts_with(&flat(&told.title)), "{printed}\n{}", told.title);
    }
}

/// The sentence above the page says which way the ratio goes, and from where to where, whatever is moved.
///
/// `AIGAP_HEADLINES=1000` asks for more of them.
#[test]
fn the_headline_of_any_setting_is_true() {
    let scenario = shipped_scenario("base");
    let sliders = sliders(&scenario);
    let of = |set: &[String], against: Option<Median>| {
        let wanted = Wanted { brief: true, against, ..Wanted::default() };
        match answered(&request(&scenario, 512, set, Want::Run(wanted))) {
            Ok(Answer::Run(told)) => Some(told),
            // Correlations that cannot be together are refused in words.
            _ => None,
        }
    };
    let before = of(&[], None).and_then(|it| it.median).expect("the baseline has a median");
    let wanted = std::env::var("AIGAP_HEADLINES").ok().and_then(|it| it.parse().ok()).unwrap_or(60);
    let (mut share, mut seen) = (shares(), [0; 3]);
    for _ in 0..wanted {
        let moved = sliders.iter().filter(|_| share() < 0.3).collect::<Vec<_>>();
        let set: Vec<String> =
            moved.iter().map(|it| format!("{}.median={}", it.address, on_track(it, share()))).collect();
        let Some(told) = of(&set, Some(before)) else { continue };
        let (words, after) = (told.changes.expect("held against the baseline"), told.median.expect("a median"));
        let (factor, error) =
            (after.value / before.value, libm::hypot(after.error / after.value, before.error / before.value));
        let way = ["cut", "divide", "raise", "multiply", "hardly move"]
            .iter()
            .position(|verb| words.starts_with(&format!("These changes {verb} ")))
            .unwrap_or_else(|| panic!("{words}"));
        let is_true = match way {
            0 | 1 => factor < 1.0,
            2 | 3 => factor > 1.0,
            _ => libm::log(factor).abs() < 0.06f64.max(2.5 * error),
        };
        assert!(is_true, "{words}\n{set:?}: {before:?} to {after:?}");
        seen[way / 2] += 1;
        // Both medians are named, to two digits.
        let named: Vec<f64> = words
            .split_whitespace()
            .filter_map(|word| word.trim_end_matches([',', ':']).strip_suffix('×')?.replace(',', "").parse().ok())
            .collect();
        for value in if way == 4 { vec![after.value] } else { vec![before.value, after.value] } {
            assert!(named.iter().any(|it| (it / value - 1.0).abs() < 0.051), "{words}: {value}");
        }
    }
    assert!(seen.iter().all(|way| *way > 0), "{seen:?}");
}

#[test]
fn ranges_of_paths_put_together_say_what_one_run_says() {
    let scenario = shipped_scenario("base");
    let wanted = Wanted { charts: vec!["probability".to_owned()], ..Wanted::default() };
    let set = ["us.deals.growth.median=4%".to_owned()];
    let ask = |want: Want| answer(&serde_json::to_string(&request(&scenario, 4096, &set, want)).unwrap());
    let part = |part: u64| {
        let answer: Value = serde_json::from_str(&ask(Want::Part { part, of: 3 })).unwrap();
        answer["part"].as_str().unwrap().to_owned()
    };
    let parts = [2, 0, 1].map(part).to_vec();
    let merged = ask(Want::Merged { parts: parts.clone(), wanted: wanted.clone() });
    assert_eq!(merged, ask(Want::Run(wanted.clone())));
    let some = ask(Want::Merged { parts: parts[..2].to_vec(), wanted });
    assert!(some.starts_with("{\"refused\""), "{some}");
}

/// The committed engine in Node; none where there is no Node.
fn in_node(requests: &[String]) -> Option<Vec<String>> {
    let engine = root().join("web/engine.wasm");
    let mut child = Command::new("node")
        .arg(root().join("tests/whatif.mjs"))
        .arg(engine)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let text = requests.join("\n");
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    assert!(output.status.success(), "Node could not run web/engine.wasm");
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

/// The settings that the committed engine is asked: every shipped scenario, and the baseline fifty times at random.
fn asked_of_both() -> Vec<String> {
    let mut requests = Vec::new();
    let charts = ["funding", "deals", "gap", "probability", "distribution"].map(str::to_owned).to_vec();
    for name in library::names() {
        let scenario = shipped_scenario(name);
        let wanted = Wanted { charts: charts.clone(), tables: vec!["fan.csv".to_owned()], ..Wanted::default() };
        requests.push(request(&scenario, 256, &[], Want::Inputs));
        requests.push(request(&scenario, 256, &[], Want::Run(wanted)));
    }
    let base = shipped_scenario("base");
    let sliders = sliders(&base);
    let mut share = shares();
    for _ in 0..50 {
        let mut set = Vec::new();
        for it in &sliders {
            if share() < 0.4 {
                set.push(format!("{}.median={}", it.address, on_track(it, share())));
            }
        }
        let wanted = Wanted { tables: vec!["fan.csv".to_owned()], brief: share() < 0.5, ..Wanted::default() };
        requests.push(request(&base, 128, &set, Want::Run(wanted)));
    }
    requests.iter().map(|request| serde_json::to_string(request).unwrap()).collect()
}

/// The one test that can ask for another build of the engine: only where it says something else.
#[test]
fn the_committed_engine_says_what_the_program_says() {
    let requests = asked_of_both();
    let Some(found) = in_node(&requests) else {
        skipped("the engine of the what-if page", "there is no Node to run web/engine.wasm in");
        return;
    };
    assert_eq!(found.len(), requests.len());
    for (request, found) in requests.iter().zip(found) {
        let own = answer(request);
        let place = own.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
        let shown = |text: &str| {
            String::from_utf8_lossy(&text.as_bytes()[place.saturating_sub(80)..]).chars().take(200).collect::<String>()
        };
        assert!(
            own == found,
            "web/engine.wasm says something else than the program, so build it anew with .ci/web:\nprogram …{}\nengine  …{}\nasked {}",
            shown(&own),
            shown(&found),
            &request[request.len().saturating_sub(300)..]
        );
    }
}

#[test]
fn the_lock_names_the_engine_that_is_there() {
    let lock = read(root().join("web/engine.lock"));
    let bytes = std::fs::read(root().join("web/engine.wasm")).unwrap();
    let hash = aigap::table::sha256(&bytes);
    assert!(lock.lines().any(|line| line == format!("{hash}  web/engine.wasm")), "run .ci/web: {hash}");
    assert!(lock.contains("rustc "), "{lock}");
    assert!(bytes.len() < 6_000_000, "{} bytes", bytes.len());
}

#[test]
fn a_page_is_one_file_of_which_no_text_becomes_code() {
    let folder = folder_with(&["base.toml"]);
    let hostile = "</script><script>alert(1)</script> & \"quoted\"";
    let text = read(folder.path().join("base.toml"));
    let title = text.lines().find(|line| line.starts_with("title")).unwrap();
    let text = text.replace(title, &format!("title = '{hostile}'"));
    std::fs::write(folder.path().join("base.toml"), text).unwrap();
    let said = done(folder.path(), &["whatif", "base.toml", "--paths", "2000"]);
    assert!(said.contains("whatif.html") && said.contains("assumptions to move"), "{said}");
    let page = read(folder.path().join("whatif.html"));
    assert!(!page.contains("<script>alert"), "the title became a script");
    assert_eq!(page.matches("<script").count(), 4, "the page has its own scripts alone");
    assert!(page.contains("default-src 'none'") && !page.contains("http://localhost"));
    // What mail still takes; nine tenths of it are the engine.
    assert!(page.len() < 2_900_000, "{} bytes", page.len());
    // The page of another hand is left alone; ours is replaced.
    std::fs::write(folder.path().join("notes.html"), "<p>mine").unwrap();
    let refused = aigap(folder.path(), &["whatif", "base.toml", "-o", "notes.html", "--paths", "2000"]);
    assert!(!refused.status.success() && read(folder.path().join("notes.html")) == "<p>mine");
    done(folder.path(), &["whatif", "base.toml", "--paths", "2000", "--quiet"]);
    let refused = aigap(folder.path(), &["whatif", "base.toml", "-o", "page.txt"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains(".html"));
    let _ = shipped("base.toml");
}
