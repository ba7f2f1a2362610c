//! Workbooks in a build that reads none: what to do instead.

/// No sheet of any workbook.
///
/// # Errors
/// Always, with what to do.
pub(super) fn sheet(_bytes: Vec<u8>, _name: Option<&str>) -> Result<(String, String), (String, String)> {
    let cure = "save the sheet as CSV, or build with --features read-xlsx";
    Err(("is a workbook, and this build reads none".to_owned(), cure.to_owned()))
}
