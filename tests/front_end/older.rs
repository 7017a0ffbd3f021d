//! The older client: a screen of buttons that send what was once typed into its source.

use super::screens::{Shelf, id, list};
use crate::support::{Engine, PASSWORD, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    the_older_client_changes_its_password_and_goes_on,
    the_older_client_logs_out,
    the_older_client_administers_users,
    the_older_client_manages_categories,
    the_older_client_mixes_up_fields_and_is_understood,
}

async fn the_older_client_changes_its_password_and_goes_on(engine: Engine) {
    let server = Server::fresh(engine);
    let ann = server.customer("Ann").await;
    let elsewhere = server.login(&ann.email).await;
    let path = "/api/users/changepwd/";
    let wrong = json!({ "current_password": "not it at all", "new_password": "another good one" });
    assert_eq!(ann.put(path, &wrong).await.is(StatusCode::BAD_REQUEST), json!(["Current password is incorrect."]));
    let weak = json!({ "current_password": PASSWORD, "new_password": "12345678" });
    assert!(ann.put(path, &weak).await.is(StatusCode::BAD_REQUEST)["new_password"][0].is_string());
    let right = json!({ "current_password": PASSWORD, "new_password": "another good one" });
    let changed = ann.put(path, &right).await.is(StatusCode::OK);
    assert_eq!(changed, json!({ "message": "Password changed successfully." }));
    assert_eq!(list(&ann, "/api/management/expense/").await, Vec::<Value>::new(), "the same token goes on");
    let dead = elsewhere.get("/api/management/expense/").await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(dead["code"], "token_not_valid");
    server.stranger().try_login(&ann.email, PASSWORD).await.is(StatusCode::BAD_REQUEST);
    server.stranger().login(&ann.email, "another good one").await;
}

async fn the_older_client_logs_out(engine: Engine) {
    let server = Server::fresh(engine);
    let ann = server.customer("Ann").await;
    let done = ann.get("/api/users/logout/").await.is(StatusCode::OK);
    assert_eq!(done, json!({ "message": "Logout successful." }));
    for path in ["/api/management/expense/", "/api/users/logout/", "/api/superadmin/user/", "/api/nowhere/"] {
        let dead = ann.get(path).await.is(StatusCode::UNAUTHORIZED);
        assert_eq!(dead["error"], "Token has been blacklisted.", "{path}");
    }
    // Not even the routes that ignore the header take it.
    let login = ann.try_login(&ann.email, PASSWORD).await;
    assert_eq!(login.is(StatusCode::UNAUTHORIZED)["error"], "Token has been blacklisted.");
    let again = server.login(&ann.email).await;
    assert_eq!(list(&again, "/api/management/expense/").await, Vec::<Value>::new());
}

async fn the_older_client_administers_users(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let form = json!({
        "email": "maria@example.org", "first_name": "Maria", "last_name": "Doe", "password": "a good password",
    });
    root.post("/api/superadmin/user/", &form).await.is(StatusCode::ACCEPTED);
    let joined = "start_date=2020-01-01%2000:00:00&end_date=2099-12-31%2023:59:59";
    let users = list(&root, &format!("/api/superadmin/user/?{joined}")).await;
    assert_eq!(users.iter().map(|it| &it["email"]).collect::<Vec<_>>(), ["root@example.org", "maria@example.org"]);
    let none = "start_date=2020-01-01%2000:00:00&end_date=2020-12-31%2023:59:59";
    assert_eq!(list(&root, &format!("/api/superadmin/user/?{none}")).await, Vec::<Value>::new());
    let staff = list(&root, "/api/superadmin/user/?is_staff=&is_active=FALSE&start_date=&end_date=").await;
    assert_eq!(staff.iter().map(|it| &it["email"]).collect::<Vec<_>>(), ["maria@example.org"]);
    let refused = root.get("/api/superadmin/user/?start_date=soon").await;
    refused.is_refused(StatusCode::BAD_REQUEST, "The data provided is not valid.");

    // The button holds the id as text.
    let button = format!("/api/superadmin/user/{}/", users[1]["id"]);
    let form = json!({
        "email": "Maria.Doe@example.org", "first_name": "Maria", "last_name": "Doe", "is_staff": true,
        "is_superuser": false, "is_active": true,
    });
    let saved = root.put(&button, &form).await.is(StatusCode::OK);
    assert_eq!(saved, json!({ "detail": "User maria.doe@example.org updated successfully" }));
    let maria = server.stranger().login("maria.doe@example.org", "a good password").await;
    assert_eq!(maria.get(&button).await.is(StatusCode::FORBIDDEN), maria.delete(&button).await.json());
    let bad = root.put(&button, &json!({ "email": "no address" })).await;
    bad.is_refused(StatusCode::BAD_REQUEST, "Error updating user maria.doe@example.org ...");
}

async fn the_older_client_manages_categories(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let form = json!({ "name": "Cine", "description": "Peliculas", "type": "Ocio", "hexColor": "#fffff" });
    let made = root.post("/api/management/category/", &form).await.is(StatusCode::ACCEPTED);
    let path = format!("/api/management/category/{}/", id(&made));
    assert_eq!(root.get(&path).await.is(StatusCode::ACCEPTED), made, "reading one answers 202 as well");
    let form = json!({ "name": "Teatro", "description": "Obras", "type": "expense", "hexColor": "#000000" });
    root.put(&path, &form).await.is(StatusCode::ACCEPTED);
    for query in ["?type=expense", "?Type=expense", "?type=", ""] {
        let found = list(&root, &format!("/api/management/category/{query}")).await;
        assert_eq!(found.iter().map(|it| &it["name"]).collect::<Vec<_>>(), ["Teatro"], "{query}");
    }
    assert_eq!(list(&root, "/api/management/category/?type=Ocio").await, Vec::<Value>::new());

    let form =
        json!({ "name": "Sala", "description": "x", "type": "Ocio", "hexColor": "#000", "category": made["id"] });
    let sub = root.post("/api/management/subcategory/", &form).await.is(StatusCode::ACCEPTED);
    let found = list(&root, &format!("/api/management/subcategory/?category={}", id(&made))).await;
    assert_eq!(found, std::slice::from_ref(&sub));
    let path = format!("/api/management/subcategory/{}/", id(&sub));
    let refused = root.put(&path, &json!({ "name": "Butaca", "category": "" })).await.is(StatusCode::BAD_REQUEST);
    assert_eq!(refused, json!({ "category": ["This field may not be null."] }));
    assert_eq!(root.get(&path).await.is(StatusCode::OK), sub, "nothing of it was applied");
    let refused = root.get("/api/management/subcategory/?category=food").await;
    refused.is_refused(StatusCode::BAD_REQUEST, "An error occurred while retrieving the data.");
}

async fn the_older_client_mixes_up_fields_and_is_understood(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let shelf = Shelf::fill(&root).await;
    let mut form = json!({
        "title": "Compra", "description": "semana", "amount": "1.222", "creation_date": "2026-04-01",
        "creation_time": "12:00", "category": shelf.food["id"], "subcategory": shelf.groceries["id"], "user": root.id,
    });
    let refused = ann.post("/api/management/expense/", &form).await.is(StatusCode::BAD_REQUEST);
    assert_eq!(refused, json!({ "amount": ["Ensure that there are no more than 2 decimal places."] }));
    form["amount"] = json!("1.22");
    // An income takes no subcategory, and does not mind one.
    let income = ann.post("/api/management/income/", &form).await.is(StatusCode::ACCEPTED);
    assert!(income.get("subcategory").is_none());
    let row = ann.post("/api/management/expense/", &form).await.is(StatusCode::ACCEPTED);
    assert_eq!(row["user"], ann.id);
    for (books, row) in [("expense", &row), ("income", &income)] {
        let swapped = json!({
            "title": "Compra 2", "description": "mes", "amount": 2, "creation_date": "12:30:00",
            "creation_time": "2026-05-01", "category": shelf.travel["id"], "subCategory": shelf.trains["id"],
        });
        let path = format!("/api/management/{books}/{}/", id(row));
        ann.put(&path, &swapped).await.is(StatusCode::ACCEPTED);
        let saved = ann.get(&path).await.is(StatusCode::OK);
        assert_eq!((&saved["title"], &saved["amount"]), (&json!("Compra 2"), &json!("2.00")));
        assert_eq!(saved["category"], shelf.travel["id"]);
        assert_eq!((&saved["creation_date"], &saved["creation_time"]), (&json!("2026-04-01"), &json!("12:00:00")));
    }
}
