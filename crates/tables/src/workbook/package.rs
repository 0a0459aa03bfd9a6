//! Where the parts of a workbook are: its sheets, shared strings and styles.

use super::container::{Container, DAMAGED};
use super::error::WorkbookError;
use super::xml::Xml;

const BINARY: &str = "it is a binary workbook of Excel (.xlsb)";
const OTHER: &str = "it is a document, not a workbook; copy the table in it to a workbook";

/// What a workbook says of itself, and the names of its parts.
pub(super) struct Package {
    /// Those that are shown, in their order.
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Dates are counted from 1904, as they were on the first Macintosh.
    pub(super) from_1904: bool,
    /// What its formulas give is to be computed when it is opened.
    pub(super) to_be_computed: bool,
}

/// A sheet and the part that it is in.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) part: String,
}

impl Package {
    /// Reads the workbook's own part and those that say where everything is.
    pub(super) fn read(container: &mut Container<'_>) -> Result<Self, WorkbookError> {
        let documents = relations(container, "")?;
        let document = documents.into_iter().find(|it| it.kind == "officeDocument");
        let document = document.ok_or(DAMAGED)?.part;
        if document.to_ascii_lowercase().ends_with(".bin") {
            return Err(BINARY.into());
        }
        let relations = relations(container, &document)?;
        let named =
            |kind: &str| relations.iter().find(|it| it.kind == kind).map(|it| it.part.clone());
        let mut package = Self {
            sheets: Vec::new(),
            strings: named("sharedStrings"),
            styles: named("styles"),
            from_1904: false,
            to_be_computed: false,
        };
        package.describe(&container.part(&document)?, &relations)?;
        Ok(package)
    }

    fn describe(&mut self, part: &[u8], relations: &[Relation]) -> Result<(), WorkbookError> {
        let mut xml = Xml::new(part)?;
        if xml.root()?.name() != "workbook" {
            return Err(OTHER.into());
        }
        while let Some(element) = xml.child()? {
            match element.name() {
                "sheets" => {
                    while let Some(sheet) = xml.child()? {
                        let state = sheet.attribute("state")?;
                        let is_hidden = state.is_some_and(|state| state != "visible");
                        let id = sheet.prefixed("id")?.ok_or(DAMAGED)?;
                        let relation = relations.iter().find(|it| it.id == *id).ok_or(DAMAGED)?;
                        // Others are charts and dialogues.
                        if relation.kind == "worksheet" && !is_hidden {
                            let name = sheet.attribute("name")?.unwrap_or_default().into_owned();
                            self.sheets.push(Sheet { name, part: relation.part.clone() });
                        }
                        xml.inside(&sheet)?;
                    }
                    continue;
                }
                "workbookPr" => self.from_1904 = is_true(element.attribute("date1904")?),
                "calcPr" => self.to_be_computed = is_true(element.attribute("fullCalcOnLoad")?),
                _ => {}
            }
            xml.inside(&element)?;
        }
        xml.finish()
    }
}

fn is_true(value: Option<impl AsRef<str>>) -> bool {
    value.is_some_and(|value| matches!(value.as_ref(), "1" | "true"))
}

/// What a part refers to.
struct Relation {
    id: String,
    /// The last part of the URI, which is the same in the strict and in the usual form.
    kind: String,
    part: String,
}

/// What a part refers to inside of the workbook; `""` is the workbook itself.
fn relations(container: &mut Container<'_>, of: &str) -> Result<Vec<Relation>, WorkbookError> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let bytes = container.part(&format!("{folder}/_rels/{name}.rels"))?;
    let mut xml = Xml::new(&bytes)?;
    xml.root()?;
    let mut relations = Vec::new();
    while let Some(element) = xml.child()? {
        let is_inside = element.attribute("TargetMode")?.is_none_or(|mode| mode != "External");
        if element.name() == "Relationship" && is_inside {
            let of = |name| Ok::<_, WorkbookError>(element.attribute(name)?.ok_or(DAMAGED)?);
            let (kind, target) = (of("Type")?, of("Target")?);
            relations.push(Relation {
                id: of("Id")?.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                part: resolve(folder, &target),
            });
        }
        xml.inside(&element)?;
    }
    xml.finish()?;
    Ok(relations)
}

/// The name of a part that is written from the root, or from the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut names: Vec<&str> = Vec::new();
    for name in base.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "../xl/./styles.xml", "xl/styles.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("", "../../x", "x"),
        ] {
            assert_eq!(resolve(folder, target), expected);
        }
    }
}
