//! `aigap report`: one file to send, one page to paste, every number traceable.

use std::path::{Path, PathBuf};

use crate::chart::{Chart, pictures};
use crate::draw::Style;
use crate::report::{self, Extent, Material, Origin, Part, Report, docx, html, markdown};
use crate::scenario::Scenario;
use crate::store::{Again, RunFolder, manifest, ordinary, write_whole};
use crate::study::{Comparison, Findings, Recipe, Run};
use crate::summary::Summary;
use crate::table::{self, Table, run, sha256};
use crate::wording;

use super::browser;
use super::load;
use super::one_page;
use super::outcome::Outcome;
use super::print::Terminal;
use super::report_check;
use super::steps;
use super::threads;
use super::whatif;

/// Flags of `aigap report`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders of runs, or the folder of one comparison; with --check, the run whose tables the page must hold.
    #[arg(required_unless_present = "check", value_name = "RUN")]
    runs: Vec<PathBuf>,
    /// The page, note.html if not given (if that is of other runs, a page with the name of the run); the note to paste is written beside it, with the ending md. A name that ends in docx gives a Word document instead.
    #[arg(short, long, value_name = "FILE", conflicts_with = "check")]
    output: Option<PathBuf>,
    /// Write the first page alone, brief.html if no other name is given, and as PDF where a browser is found to print it.
    #[arg(long, conflicts_with = "check")]
    brief: bool,
    /// Write the what-if page of the first run beside it, with a link from the report.
    #[arg(long, conflicts_with_all = ["check", "brief"])]
    whatif: bool,
    /// Hold every number, rounding and word of direction of a page against the tables it carries.
    #[arg(long, value_name = "PAGE")]
    check: Option<PathBuf>,
    /// Print nothing but errors.
    #[arg(long)]
    quiet: bool,
}

/// How a page of ours is known, so that no other file is written over.
const MARK: &str = "<meta name=\"generator\" content=\"aigap ";

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    let done = match &arguments.check {
        Some(page) => report_check::checked(page, &arguments.runs, arguments.quiet, terminal),
        None => written(arguments, terminal),
    };
    done.unwrap_or_else(|outcome| outcome)
}

fn written(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    threads::start(None, terminal)?;
    let is_document = is_document(arguments, terminal)?;
    let material = material(&arguments.runs, terminal)?;
    let mut report = report::report(&material);
    let page = &page_name(arguments, &report);
    let note = page.with_extension(if arguments.brief { "pdf" } else { "md" });
    let beside = (!is_document).then_some((&note, report::MARK));
    for (path, mark) in std::iter::once((page, MARK)).chain(beside) {
        let is_ours = || match ordinary(path, 64 << 20) {
            Ok(bytes) if arguments.brief && path == &note => browser::is_printed(&bytes),
            Ok(bytes) if is_document => docx::is_docx(&bytes),
            Ok(bytes) => String::from_utf8_lossy(&bytes).contains(mark),
            Err(_) => false,
        };
        if path.exists() && !is_ours() {
            terminal.error(&format!(
                "{} is not a report of aigap, so it is left alone; name another with -o",
                path.display()
            ));
            return Err(Outcome::CouldNot);
        }
    }
    if let Some(why) = report.disagreements().first() {
        terminal.error(&format!("{why}: nothing was written; please report this"));
        return Err(Outcome::NumericalFailure);
    }
    if is_document {
        return document(&report, page, arguments, terminal);
    }
    if arguments.brief {
        return brief(&report, (page, &note), arguments, terminal);
    }
    let stem = page.file_stem().map_or_else(|| "note".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let folder = format!("{stem}-figures");
    let picture = |figure: &report::figures::Figure| format!("{folder}/{}.png", figure.name);
    let what_if = arguments.whatif.then(|| what_if(&arguments.runs[0], terminal)).transpose()?;
    let what_if = what_if.map(|html| (format!("{stem}-whatif.html"), html));
    if let Some((name, _)) = &what_if {
        whatif::is_free(&page.with_file_name(name), terminal)?;
    }
    report.what_if = what_if.as_ref().map(|(name, _)| name.clone());
    let whole = html(&report, Extent::Whole).map_err(|bytes| too_large(bytes, &report, terminal))?;
    let mut files = vec![(page.clone(), whole.into_bytes())];
    files.push((note.clone(), markdown(&report, &|figure| picture(figure).replace(' ', "%20")).into_bytes()));
    files.extend(what_if.map(|(name, html)| (page.with_file_name(name), html.into_bytes())));
    for figure in report.of_note() {
        files.push((page.with_file_name(picture(figure)), figure.chart.draw(Style::default()).png()));
    }
    for (path, bytes) in &files {
        put(path, bytes, terminal)?;
    }
    if !arguments.quiet {
        tell(&report, page, &note, files[0].1.len(), terminal);
    }
    Ok(Outcome::Done)
}

/// Whether a Word document is asked for.
fn is_document(arguments: &Arguments, terminal: &Terminal) -> Result<bool, Outcome> {
    let Some(path) = &arguments.output else { return Ok(false) };
    let is = |ending: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    let cure = match () {
        () if is("html") => return Ok(false),
        () if !is("docx") => {
            "name a file that ends in .html or .docx; beside a page a note is written, which ends in .md, or .pdf with --brief"
        }
        () if arguments.brief => "--brief writes a page: name a file that ends in .html, or leave --brief out",
        () if arguments.whatif => {
            "--whatif stands beside a page: name a file that ends in .html, or leave --whatif out"
        }
        () => return Ok(true),
    };
    terminal.error(&format!("{}: {cure}", path.display()));
    Err(Outcome::Usage)
}

/// Writes the report as a Word document, which holds its pictures itself.
fn document(report: &Report, path: &Path, arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let bytes = docx::docx(report);
    put(path, &bytes, terminal)?;
    if !arguments.quiet {
        let (title, shown) = (report.title.text(), path.display());
        terminal.answer(&format!("{title}\n{shown}  {} kB\n", bytes.len().div_ceil(1000)));
    }
    Ok(Outcome::Done)
}

/// The page that was named, or the usual one; where that is the page of other runs it stays theirs, and this one has the name
/// of its first folder.
fn page_name(arguments: &Arguments, report: &Report) -> PathBuf {
    if let Some(page) = &arguments.output {
        return page.clone();
    }
    let usual = PathBuf::from(if arguments.brief { "brief.html" } else { "note.html" });
    let mark = format!("name=\"aigap-runs\" content=\"{}\"", report.runs());
    let is_of_others = std::fs::read_to_string(&usual).is_ok_and(|old| old.contains(MARK) && !old.contains(&mark));
    let folder = arguments.runs[0].file_name().map(|name| name.to_string_lossy().into_owned());
    match folder.filter(|_| is_of_others) {
        Some(name) if arguments.brief => PathBuf::from(format!("{name}-brief.html")),
        Some(name) => PathBuf::from(format!("{name}.html")),
        None => usual,
    }
}

/// The what-if page of a stored run.
fn what_if(folder: &Path, terminal: &Terminal) -> Result<String, Outcome> {
    let stored = load::run_folder(folder, terminal)?;
    let inputs = stored.inputs().map_err(|error| load::not_a_run(&error, terminal))?;
    whatif::page_of(&inputs.scenarios[0].loaded, &stored.manifest.recipe, stored.manifest.paths).map_err(|why| {
        terminal.error(&why);
        Outcome::CouldNot
    })
}

/// Writes the first page alone and, where a browser is found, prints it.
fn brief(
    report: &Report,
    (page, pdf): (&Path, &Path),
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<Outcome, Outcome> {
    let whole = html(report, Extent::FirstPage).map_err(|bytes| too_large(bytes, report, terminal))?;
    put(page, whole.as_bytes(), terminal)?;
    let printed = browser::print(page, pdf);
    if arguments.quiet {
        return Ok(Outcome::Done);
    }
    let shown = page.display();
    let beside = if printed.is_ok() { format!("  {}", pdf.display()) } else { String::new() };
    terminal.answer(&format!("{}\n{shown}{beside}\nNext: aigap report --check {}\n", report.title.text(), typed(page)));
    if let Err(why) = printed {
        terminal.remark(&format!("no PDF: {why}; open {shown} in a browser and print it, one side of A4 or Letter"));
    }
    Ok(Outcome::Done)
}

/// A path as a shell takes it.
fn typed(path: &Path) -> String {
    wording::quoted(&path.to_string_lossy())
}

fn put(path: &Path, bytes: &[u8], terminal: &Terminal) -> Result<(), Outcome> {
    write_whole(path, bytes).map_err(|error| {
        terminal.error(&format!("cannot write {}: {error}", path.display()));
        Outcome::CouldNot
    })
}

/// Says that a page is too large to send, and what makes it smaller.
fn too_large(bytes: usize, report: &Report, terminal: &Terminal) -> Outcome {
    let [bytes, most] = [bytes, report::MOST_BYTES].map(|bytes| format!("{:.1} MB", bytes as f64 / 1e6));
    terminal.error(&format!(
        "a page of these {} scenarios takes {bytes}, and a page to send at most {most}: {} at a time",
        report.names.len(),
        if report.compared { "compare fewer of them" } else { "name fewer runs" }
    ));
    Outcome::CouldNot
}

fn tell(report: &Report, page: &Path, note: &Path, bytes: usize, terminal: &Terminal) {
    terminal.answer(&format!(
        "{}\n{}  {} kB, {} figures  {}\nNext: aigap report --check {}\n",
        report.title.text(),
        page.display(),
        bytes.div_ceil(1000),
        report.figures.len(),
        note.display(),
        typed(page)
    ));
}

/// Reads the runs and makes each again, because a page must not say what its run does not.
fn material(runs: &[PathBuf], terminal: &Terminal) -> Result<Material, Outcome> {
    let mut material =
        Material { parts: Vec::new(), comparison: None, questions: Vec::new(), origins: Vec::new(), by_itself: None };
    for folder in runs {
        let stored = load::whole_run_folder(folder, terminal)?;
        let again = steps::again(&stored, terminal)?;
        same(&stored, &again, terminal)?;
        material.origins.push(origin(&stored));
        match again.findings {
            Findings::Run(found) => {
                let Run { scenario, summary, .. } = *found;
                one_page::has_room_for(&scenario, material.parts.first(), terminal)?;
                let charts = named(pictures::charts(&scenario, &summary));
                let tables = run::tables(&scenario, &summary, &[], None);
                material.parts.push(Part { scenario, summary, tables, charts });
            }
            asked @ (Findings::Sought(_) | Findings::Sensitive(_) | Findings::Swept(_) | Findings::Discovered(_)) => {
                beside_its_run(folder, &stored, runs, terminal)?;
                material.questions.push(asked);
            }
            Findings::Fitted(_) | Findings::BackTested(_) => {
                let what = "holds what figures teach, which is about no run: send its own summary.md and charts";
                terminal.error(&format!("{} {what}", folder.display()));
                return Err(Outcome::Usage);
            }
            Findings::Comparison(_) if runs.len() > 1 => {
                terminal.error(&format!("{} is a comparison: give it alone", folder.display()));
                return Err(Outcome::Usage);
            }
            Findings::Comparison(comparison) => {
                let files = again.files;
                let sides = std::iter::once(&comparison.baseline).chain(comparison.what_ifs.iter().map(|it| &it.side));
                for (place, side) in sides.enumerate() {
                    let charts = if place == 0 { pictures::charts(&side.scenario, &side.summary) } else { Vec::new() };
                    let (scenario, summary) = (side.scenario.clone(), side.summary.clone());
                    let mut tables = tables(&scenario, &summary);
                    if !summary.uncertainty.rows.is_empty() {
                        tables.push(run::uncertainty(&scenario, &summary));
                    }
                    material.parts.push(Part { scenario, summary, tables, charts: named(charts) });
                }
                material.by_itself = by_itself(&comparison, &files);
                let tables = table::comparison::tables(&comparison);
                material.comparison = Some((*comparison, tables));
            }
        }
    }
    let mut names: Vec<&str> = material.parts.iter().map(|part| part.scenario.name()).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        terminal.error("two of the runs have the same name: give each once, or compare them with aigap compare");
        return Err(Outcome::Usage);
    }
    Ok(material)
}

/// Questions stand behind the run of their scenario, which is the first of a page.
fn beside_its_run(folder: &Path, stored: &RunFolder, runs: &[PathBuf], terminal: &Terminal) -> Result<(), Outcome> {
    let (shown, name) = (folder.display(), &stored.manifest.scenario);
    let wrong = |why: String| {
        terminal.error(&why);
        Err(Outcome::Usage)
    };
    let first = runs[0].as_path();
    if first == folder {
        return wrong(format!(
            "{shown} answers a question and is no run: its page to paste is {shown}/summary.md; to stand in a report it comes \
             behind the run of its scenario: aigap report output/{name} {shown}"
        ));
    }
    let run = load::run_folder(first, terminal)?;
    if run.manifest.scenario != *name {
        return wrong(format!(
            "{shown} asks of {name}, and the first run is of {}: give the run of {name} first",
            run.manifest.scenario
        ));
    }
    let scenario = |stored: &RunFolder| stored.bytes("scenario.toml");
    if scenario(&run) != scenario(stored) {
        return wrong(format!(
            "{shown} asks of another {name} than {}: aigap diff {}/scenario.toml {shown}/scenario.toml says what differs",
            first.display(),
            first.display()
        ));
    }
    Ok(())
}

fn named(charts: Vec<Chart>) -> Vec<(String, Chart)> {
    charts.into_iter().map(|chart| (chart.name().to_owned(), chart)).collect()
}

/// The tables of a scenario of a comparison, which keeps only what compares.
fn tables(scenario: &Scenario, summary: &Summary) -> Vec<Table> {
    let tables: [fn(&Scenario, &Summary) -> Table; 6] =
        [run::fan, run::fan_errors, run::probabilities, run::milestones, run::checks, run::decomposition];
    tables.iter().map(|table| table(scenario, summary)).collect()
}

/// The command that makes the baseline of a comparison by itself in its folder. Points are laid out for all scenarios
/// together, and data of a scenario's own stand under another name: then there is none.
fn by_itself(comparison: &Comparison, files: &[(String, Vec<u8>)]) -> Option<String> {
    let name = comparison.baseline.scenario.name();
    let own_data = format!("scenarios/{name}.csv");
    if comparison.baseline.summary.on_points || files.iter().any(|(file, _)| *file == own_data) {
        return None;
    }
    let Summary { paths, seed, .. } = &comparison.baseline.summary;
    let recipe = Recipe::simulate(format!("scenarios/{name}.toml"));
    Some(wording::command(&Recipe { paths: Some(*paths), seed: Some(*seed), ..recipe }))
}

/// A page is made of what its folder says: a folder that comes out differently is verified first.
fn same(stored: &RunFolder, again: &Again, terminal: &Terminal) -> Result<(), Outcome> {
    for (name, bytes) in again.files.iter().filter(|(name, _)| !name.contains('/') && name.ends_with(".csv")) {
        let folder = stored.folder.display();
        let Some(own) = stored.bytes(name) else {
            terminal
                .error(&format!("{folder} has lost its {name}, so no page is made of it: simulate or compare again"));
            return Err(Outcome::Invalid);
        };
        if own != *bytes {
            terminal.error(&format!(
                "{folder}: {name} is not what this version makes of the run, so no page is made of it; aigap verify {folder} \
                 says what differs"
            ));
            return Err(Outcome::Mismatch);
        }
    }
    Ok(())
}

fn origin(stored: &RunFolder) -> Origin {
    Origin {
        command: wording::command(&stored.manifest.recipe),
        version: stored.manifest.version.clone(),
        inputs: stored.manifest.inputs.clone(),
        manifest: sha256(&stored.bytes(manifest::NAME).unwrap_or_default()),
    }
}
