#include "modules/onboarding/secret_names.hpp"

#include <doctest/doctest.h>

using doorstep::onboarding::names_secret;

TEST_CASE("drafts: names of what opens something, however written") {
    for (auto name : {"password",     "Password",
                      "PASSWORD_2",   "passwordConfirm",
                      "pass",         "pw",
                      "loginPass",    "login_pw",
                      "pass_word",    "user-pass",
                      "wp_pass",      "wpPw",
                      "userpw",       "secret",
                      "clientSecret", "pin",
                      "PIN code",     "userPin",
                      "token",        "accessToken",
                      "credentials",  "ftp.credential",
                      "passwort",     "Kennwort",
                      "contraseña",   "Contrasen\u0303a",
                      "CONTRASEÑA",   "contrasenya",
                      "clave",        "claveDeAcceso",
                      "senha",        "mot_de_passe",
                      "motDePasse",   "pässwörd",
                      "api_key",      "apiKey",
                      "APIKEY",       "private key",
                      "otp",          "one_time_code",
                      "passphrase",   "passcode",
                      "pwd",          "psw",
                      "mdp"}) {
        CAPTURE(name);
        CHECK(names_secret(name));
    }
    for (auto name :
         {"",
          "display_name",
          "phone",
          "communication_prefs",
          "services",
          "base_price",
          "business_description",
          "website_url",
          "primary_brand_colors",
          "google_ads_account_id",
          "meta_access_status",
          "shipping",
          "spinner",
          "opinion",
          "compass_url",
          "passport",
          "step",
          "notes",
          "keywords",
          "key",
          "año",
          "opening_hours",
          "spw_list"}) {
        CAPTURE(name);
        CHECK_FALSE(names_secret(name));
    }
}
