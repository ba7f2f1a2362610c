//! Printing a page of ours by whatever browser the machine has: no PDF library lays out HTML as browsers do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Browsers that print without a window, by the names of their programs.
const KNOWN: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];

/// How often a browser is asked whether it has printed the page, and how long it is left alone in between: a minute.
const LOOKS: u32 = 1_200;
const PAUSE: Duration = Duration::from_millis(50);

/// Prints a page to a PDF of one side.
///
/// # Errors
/// Why there is none, in words.
pub(super) fn print(page: &Path, pdf: &Path) -> Result<(), String> {
    let Some(browser) = found() else { return Err("no Chromium, Chrome or Edge is installed".to_owned()) };
    let page = std::path::absolute(page).map_err(|error| error.to_string())?;
    let pdf = std::path::absolute(pdf).map_err(|error| error.to_string())?;
    // Printed beside and renamed, so that a browser that breaks off leaves no half file.
    let partial = pdf.with_extension("pdf.partial");
    // As root Chromium has no sandbox; the page is our own and asks for nothing.
    let done = [&[][..], &["--no-sandbox"][..]].into_iter().any(|more| {
        run(&browser, more, (&page, &partial)) && std::fs::read(&partial).is_ok_and(|bytes| is_printed(&bytes))
    });
    let renamed = done && std::fs::rename(&partial, &pdf).is_ok();
    if !renamed {
        // Nothing to say if it was never written.
        std::fs::remove_file(&partial).ok();
        return Err(format!("{} did not print it", browser.display()));
    }
    Ok(())
}

/// Whether bytes are a PDF that a browser printed, as the pages of `--brief` are.
pub(super) fn is_printed(bytes: &[u8]) -> bool {
    let has = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
    bytes.starts_with(b"%PDF-") && has(b"/Creator")
}

/// The first known browser in the folders of PATH.
fn found() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let at = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    KNOWN.iter().find_map(|name| at(name))
}

/// Runs a browser that prints a page; false if it fails or takes too long.
fn run(browser: &Path, more: &[&str], (page, pdf): (&Path, &Path)) -> bool {
    let mut target = std::ffi::OsString::from("--print-to-pdf=");
    target.push(pdf);
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-pdf-header-footer"]).args(more).arg(target).arg(page);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    for _ in 0..LOOKS {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(PAUSE),
            Err(_) => break,
        }
    }
    child.kill().ok();
    child.wait().ok();
    false
}
