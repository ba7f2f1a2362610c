//! Data packages: what `datapackage.json` says of the CSV files beside it.

use serde_json::Value;

use super::asked::{Asked, Beside, Encoding};
use super::money::{self, Unit};

/// A data package: its resources, and what it says of them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Resources that are tables in files of their own.
    pub resources: Vec<Resource>,
    source: Option<String>,
    vintage: Option<String>,
}

/// A table of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Name of the table.
    pub name: String,
    /// Path of its file, relative to that of the package.
    pub path: String,
    encoding: Option<String>,
    source: Option<String>,
    /// Unit that the fields state, if they state one alone.
    unit: Option<String>,
}

impl Package {
    /// Reads `datapackage.json`.
    ///
    /// # Errors
    /// What is wrong with it and what to do.
    pub fn read(text: &str) -> Result<Self, (String, String)> {
        let whole: Value = serde_json::from_str(text).map_err(|why| {
            (format!("is not JSON: line {}, column {}", why.line(), why.column()), "save it again".to_owned())
        })?;
        let Some(listed) = whole["resources"].as_array() else {
            let cure = "name a datapackage.json, or the CSV itself";
            return Err(("has no list of resources, as a data package does".to_owned(), cure.to_owned()));
        };
        let resources: Vec<Resource> = listed.iter().filter_map(resource).collect();
        if resources.is_empty() {
            let cure = "tables inside of the JSON and on the web are not read: save one as CSV beside it";
            return Err(("has no resource that is a file".to_owned(), cure.to_owned()));
        }
        let text = |key: &str| whole[key].as_str().map(str::to_owned).filter(|it| !it.is_empty());
        let vintage = text("version").or_else(|| text("created").map(|it| it.chars().take(10).collect()));
        Ok(Self { resources, source: source(&whole).or_else(|| text("title")), vintage })
    }

    /// The resource that is asked for, or the only one.
    ///
    /// # Errors
    /// If there are several, or none of that name.
    pub fn resource(&self, name: Option<&str>) -> Result<&Resource, (String, String)> {
        let names = || self.resources.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
        match (name, self.resources.as_slice()) {
            (None, [one]) => Ok(one),
            (None, many) => Err((
                format!("the package holds {} tables", many.len()),
                format!("say which: --sheet NAME, one of {}", names()),
            )),
            (Some(name), all) => all.iter().find(|it| it.name == name || it.path == name).ok_or_else(|| {
                (format!("the package has no table `{name}`"), format!("write --sheet with one of {}", names()))
            }),
        }
    }

    /// What the user says, with what the package says where the user says nothing.
    #[must_use]
    pub fn answers(&self, resource: &Resource, asked: &Asked) -> Asked {
        let encoding = resource.encoding.as_deref().map(str::to_lowercase);
        let latin = encoding.is_some_and(|it| it.starts_with("iso-8859-1") || it == "latin-1" || it == "windows-1252");
        Asked {
            package: Beside {
                source: resource.source.clone().or_else(|| self.source.clone()),
                vintage: self.vintage.clone(),
                unit: resource.unit.clone(),
            },
            encoding: asked.encoding.or(latin.then_some(Encoding::Latin1)),
            ..asked.clone()
        }
    }
}

fn resource(it: &Value) -> Option<Resource> {
    let path = match &it["path"] {
        Value::String(path) => path.clone(),
        Value::Array(paths) => paths.first()?.as_str()?.to_owned(),
        _ => return None,
    };
    // A package may name pages on the web, and files outside of its folder, neither of which is opened.
    let leads_out = path.contains("://") || path.starts_with('/') || path.split(['/', '\\']).any(|part| part == "..");
    let mut units: Vec<&str> =
        it["schema"]["fields"].as_array().into_iter().flatten().filter_map(|field| field["unit"].as_str()).collect();
    units.retain(|unit| money::unit(unit).is_some_and(|unit| matches!(unit, Unit::Money { .. })));
    units.dedup();
    let name = it["name"].as_str().unwrap_or(&path).to_owned();
    let unit = if let [one] = units.as_slice() { Some((*one).to_owned()) } else { None };
    let encoding = it["encoding"].as_str().map(str::to_owned);
    (!leads_out).then_some(Resource { name, path, encoding, source: source(it), unit })
}

/// Titles of the sources of a package or a resource.
fn source(it: &Value) -> Option<String> {
    let sources = it["sources"].as_array()?;
    let titles: Vec<&str> =
        sources.iter().filter_map(|it| it["title"].as_str().or_else(|| it["name"].as_str())).collect();
    (!titles.is_empty()).then(|| titles.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_names_its_tables_its_source_and_its_unit() {
        let text = r#"{"name": "ai", "version": "2024-04", "sources": [{"title": "AI Index"}], "resources": [
            {"name": "funding", "path": "funding.csv", "schema": {"fields": [{"name": "year"}, {"name": "value", "unit": "USD bn"}]}},
            {"name": "web", "path": "https://example.org/x.csv"}, {"name": "out", "path": "../x.csv"}]}"#;
        let package = Package::read(text).expect("a package");
        let one = package.resource(None).expect("the others are not opened");
        let asked = package.answers(one, &Asked::default());
        assert_eq!((one.name.as_str(), one.path.as_str()), ("funding", "funding.csv"));
        assert_eq!(asked.package.source.as_deref(), Some("AI Index"));
        assert_eq!(
            (asked.package.vintage.as_deref(), asked.package.unit.as_deref()),
            (Some("2024-04"), Some("USD bn"))
        );
        assert!(
            package.resource(Some("other")).is_err() && Package::read("{").is_err() && Package::read("{}").is_err()
        );
    }
}
