//! A client over HTTP, with or without an account.

use super::PATIENCE;
use super::answer::Answer;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::net::SocketAddr;

/// A client over HTTP. Every answer it gets is held against the conventions and the description of the API.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    address: SocketAddr,
    /// Its user's number; 0 without an account.
    pub(crate) id: i64,
    /// Its user's e-mail; empty without an account.
    pub(crate) email: String,
    /// Its token; empty without an account.
    pub(crate) token: String,
    scheme: &'static str,
}

impl Client {
    /// Somebody without an account.
    pub(crate) fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build().expect("a client");
        Self { http, address, id: 0, email: String::new(), token: String::new(), scheme: "Token" }
    }

    /// The same client with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The same client, which writes `Bearer` where the apps write `Token`.
    pub(crate) fn as_bearer(&self) -> Self {
        Self { scheme: "Bearer", ..self.clone() }
    }

    /// The same user on another server, or on the same one after it was started again.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self { id: self.id, email: self.email.clone(), token: self.token.clone(), ..Self::new(address) }
    }

    /// Logs in as the apps do; what the apps store of the answer is in the client that this gives back.
    pub(crate) async fn login(&self, email: &str, password: &str) -> Self {
        let answer = self.try_login(email, password).await.is(StatusCode::OK);
        Self {
            id: answer["id"].as_i64().expect("a number"),
            email: email.to_owned(),
            token: answer["token"].as_str().expect("a token").to_owned(),
            ..self.clone()
        }
    }

    /// Tries to log in.
    pub(crate) async fn try_login(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "username": email, "password": password, "os": "web" });
        self.post("/api/users/login/", &body).await
    }

    /// `GET`.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `DELETE`.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// `POST` of JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `PUT` of JSON.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// A request that is still to be sent.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("http://{}{path}", self.address));
        match self.token.as_str() {
            "" => request,
            token => request.header("Authorization", format!("{} {token}", self.scheme)),
        }
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let request = request.build().expect("a request");
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let response = self.http.execute(request).await;
        Answer::read(&method, &path, response.expect("an answer")).await
    }
}
