//! The `aigap` command: everything is in the library.

fn main() -> std::process::ExitCode {
    aigap::cli::main()
}
