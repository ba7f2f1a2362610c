//! The what-if page in a real browser: it computes, agrees with the command line, and can be used by keyboard alone.

use super::*;

#[test]
fn a_browser_can_use_the_page_and_finds_the_numbers_of_the_command_line() {
    let tests = root().join("tests/browser");
    let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].iter().any(|it| Path::new(it).exists())
        || std::env::var_os("CHROMIUM").is_some();
    if !chromium || !tests.join("node_modules/axe-core").exists() {
        skipped("the what-if page in a browser", "there is no Chromium or no tests/browser/node_modules (npm ci)");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["whatif", "base.toml", "--paths", "4096", "--quiet"]);
    let settings = ["china.deals.growth.median=9%", "us.deals.volatility.median=35%"];
    let output = Command::new("node")
        .arg(tests.join("whatif.mjs"))
        .arg(folder.path().join("whatif.html"))
        .args(settings)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words}{}", String::from_utf8_lossy(&output.stdout));
    // The browser prints the diff of the page and the numbers it shows; the program gives the same for that diff.
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    std::fs::write(folder.path().join("diff.toml"), found["toml"].as_str().unwrap()).unwrap();
    let printed = done(
        folder.path(),
        &["simulate", "base.toml", "--with", "diff.toml", "--paths", "4096", "--no-charts", "--out", "run"],
    );
    let flat = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let title = found["title"].as_str().unwrap();
    assert!(flat(&printed).starts_with(&flat(title)), "{printed}\n{title}");
    assert_eq!(found["fan"].as_str().unwrap(), read(folder.path().join("run/fan.csv")));
}

/// Firefox lays out and computes by itself: the same numbers to the last digit, and a page that can be used.
#[test]
fn firefox_can_use_the_page_and_finds_the_same_numbers() {
    let tests = root().join("tests/browser");
    let firefox = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].iter().any(|it| Path::new(it).exists())
        || std::env::var_os("FIREFOX").is_some();
    if !firefox || !tests.join("node_modules/puppeteer-core").exists() {
        skipped("the what-if page in Firefox", "there is no Firefox or no tests/browser/node_modules (npm ci)");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["whatif", "base.toml", "--paths", "4096", "--quiet"]);
    let setting = "china.deal-size.growth.median=18%";
    let page = folder.path().join("whatif.html");
    let output = Command::new("node").arg(tests.join("firefox.mjs")).arg(page).arg(setting).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words}{}", String::from_utf8_lossy(&output.stdout));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = ["simulate", "base.toml", "--set", setting, "--paths", "4096", "--no-charts", "--out", "run"];
    done(folder.path(), &run);
    assert_eq!(found["fan"].as_str().unwrap(), read(folder.path().join("run/fan.csv")));
}

/// Sliders moved at random: no error, and no memory that grows. `AIGAP_SOAK_SECONDS=600` moves them for ten minutes.
#[test]
fn sliders_can_be_moved_for_long() {
    let tests = root().join("tests/browser");
    let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].iter().any(|it| Path::new(it).exists())
        || std::env::var_os("CHROMIUM").is_some();
    if !chromium || !tests.join("node_modules/puppeteer-core").exists() {
        skipped("sliders moved for long", "there is no Chromium or no tests/browser/node_modules (npm ci)");
        return;
    }
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["whatif", "base.toml", "--paths", "4096", "--quiet"]);
    let seconds = std::env::var("AIGAP_SOAK_SECONDS").unwrap_or_else(|_| "8".to_owned());
    let page = folder.path().join("whatif.html");
    let output = Command::new("node").arg(tests.join("soak.mjs")).arg(page).arg(seconds).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let heap: Vec<f64> = rows.iter().map(|row| row["heap"].as_f64().unwrap()).collect();
    assert!(rows.last().unwrap()["moves"].as_u64().unwrap() > 5, "{rows:?}");
    // Megabytes of what scripts hold; the engines take their own, which is not counted here.
    assert!(heap.iter().all(|it| *it < 40.0), "{rows:?}");
}
