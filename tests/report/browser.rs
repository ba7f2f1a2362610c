//! Reports in a real browser: what it finds wrong with their markup, contrast and controls.

use super::*;

/// The page in a real browser; says so where there is none.
#[test]
fn a_browser_finds_nothing_to_complain_about() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].iter().any(|it| Path::new(it).exists())
        || std::env::var_os("CHROMIUM").is_some();
    if !chromium || !tests.join("node_modules/axe-core").exists() {
        skipped("reports in a browser", "there is no Chromium or no tests/browser/node_modules (npm ci)");
        return;
    }
    let folder = baseline();
    let compared = [
        "compare",
        &shipped("base.toml"),
        &shipped("china-state-push.toml"),
        "--paths",
        "2000",
        "--no-charts",
        "--quiet",
        "--out",
        "held",
    ];
    done(folder.path(), &compared);
    done(folder.path(), &["report", "held", "-o", "held.html", "--quiet"]);
    let what_ifs =
        ["china-state-push", "us-correction", "export-controls", "convergence", "us-mega-rounds", "ai-winter"];
    let what_ifs = what_ifs.map(|name| shipped(&format!("{name}.toml")));
    let few = ["--paths", "400", "--no-charts", "--quiet"];
    let base = shipped("base.toml");
    let six: Vec<&str> = ["compare", &base].into_iter().chain(what_ifs.iter().map(String::as_str)).collect();
    done(folder.path(), &[&six[..], &few, &["--out", "six"]].concat());
    done(folder.path(), &["report", "six", "--brief", "-o", "six.html", "--quiet"]);
    let mut runs = vec!["report"];
    let folders: Vec<String> = (0..6).map(|place| format!("run-{place}")).collect();
    for (what_if, run) in what_ifs.iter().zip(&folders) {
        done(folder.path(), &[&["simulate", what_if][..], &few, &["--out", run]].concat());
        runs.push(run);
    }
    done(folder.path(), &[&runs[..], &["--brief", "-o", "runs.html", "--quiet"]].concat());
    let pictures =
        std::env::var("AIGAP_PICTURES").unwrap_or_else(|_| folder.path().join("pictures").display().to_string());
    let output = Command::new("node")
        .arg(tests.join("check.mjs"))
        .args([folder.path().join("note.html"), folder.path().join("held.html")])
        .args(["--pictures", &pictures, "--printed", "six.html", "runs.html"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let words = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{words}");
}
