//! `GET /api/docs/schema/` and the page that shows it.

use actix_web::HttpResponse;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, ContentType};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, web};
use http::{Call, Problem};
use std::sync::Arc;
use utoipa_swagger_ui::{Config, SwaggerFile};

const JSON_PATH: &str = "/api/docs/schema/?format=json";
const INDEX: &str = "index.html";

/// The description of the API, or why it could not be written.
#[derive(Debug)]
pub(crate) struct Description {
    /// As JSON.
    pub(crate) json: Result<Bytes, String>,
    /// As YAML.
    pub(crate) yaml: Result<Bytes, String>,
}

/// This description: YAML, or JSON with `?format=json` or `Accept: application/json`.
#[utoipa::path(
    get,
    path = "/api/docs/schema/",
    operation_id = "schema",
    tag = "Server",
    params(("format" = Option<String>, Query, description = "`json` or `yaml`", example = "json")),
    responses(
        (status = 200, description = "OpenAPI 3.1.", content((String = "application/yaml"), (Object = "application/json")))
    )
)]
pub(crate) async fn schema(
    call: Call,
    request: HttpRequest,
    description: web::Data<Description>,
) -> Result<HttpResponse, Problem> {
    call.admit().await?;
    let accepts_json = request
        .headers()
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"));
    let wants_json = match call.query().get("format").and_then(|format| format.as_text().ok()) {
        Some(format) => format.trim().eq_ignore_ascii_case("json"),
        None => accepts_json,
    };
    let (text, media_type) =
        if wants_json { (&description.json, "application/json") } else { (&description.yaml, "application/yaml") };
    match text {
        Ok(text) => Ok(HttpResponse::Ok().content_type(media_type).body(text.clone())),
        Err(error) => Err(Problem::fault_because("api.unwritable_description", error.clone())),
    }
}

/// A page to read the description and to try the operations.
#[utoipa::path(
    get,
    path = "/api/docs/schema/ui/",
    operation_id = "page",
    tag = "Server",
    responses((status = 200, description = "The page.", body = String, content_type = "text/html"))
)]
pub(crate) async fn page(call: Call, request: HttpRequest) -> Result<HttpResponse, Problem> {
    call.admit().await?;
    let page = file(INDEX)?;
    // What the page loads stands beside it, whether or not the address ended in a slash.
    let base = if request.path().ends_with('/') { "./" } else { "./ui/" };
    let html = String::from_utf8_lossy(&page.bytes).replace("<head>", &format!("<head><base href=\"{base}\">"));
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(html))
}

/// A file that the page loads.
pub(crate) async fn asset(call: Call) -> Result<HttpResponse, Problem> {
    call.admit().await?;
    let file = file(call.segment("file").unwrap_or(INDEX))?;
    let mut response = HttpResponse::Ok();
    // A newer server may bring newer files under the same names, but not every hour.
    response.insert_header((CACHE_CONTROL, "public, max-age=3600"));
    if file.gzpipped {
        response.insert_header((CONTENT_ENCODING, "gzip"));
    }
    Ok(response.content_type(file.content_type).body(file.bytes.into_owned()))
}

fn file(name: &str) -> Result<SwaggerFile<'static>, Problem> {
    let config = Arc::new(Config::from(JSON_PATH).persist_authorization(true));
    match utoipa_swagger_ui::serve(name, config) {
        Ok(file) => file.ok_or_else(Problem::no_such_path),
        Err(error) => Err(Problem::fault("api.broken_page", error.as_ref())),
    }
}
