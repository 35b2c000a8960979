"""Addresses of the accounts app, and of the audit trail's pages."""

from django.urls import URLPattern, path

from chelun.platform.accounts.views import audit, factors, invitations, login, me, passkeys, rights, users

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("login/", login.login_page, name="login"),
    path("logout/", login.logout_do, name="logout"),
    path("invitation/<str:token>/", invitations.invitation_page, name="invitation"),
    path("code/", factors.factor_confirm_page, name="factor_confirm"),
    path("code/new/", factors.factor_enrol_page, name="factor_enrol"),
    path("code/recovery/", factors.recovery_renew_do, name="recovery_renew"),
    path("passkeys/new/", passkeys.passkey_new_page, name="passkey_new"),
    path("passkeys/new/options/", passkeys.passkey_new_options, name="passkey_new_options"),
    path("passkeys/use/", passkeys.passkey_use_do, name="passkey_use"),
    path("passkeys/use/options/", passkeys.passkey_use_options, name="passkey_use_options"),
    path("passkeys/<uuid:passkey>/remove/", passkeys.passkey_remove_page, name="passkey_remove"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password_page, name="password"),
    path("me/sessions/end/", me.sessions_end_do, name="sessions_end"),
    path("me/sessions/<uuid:number>/end/", me.session_end_do, name="session_end"),
    path("users/", users.user_list_page, name="user_list"),
    path("users/new/", users.user_new_page, name="user_new"),
    path("users/<uuid:pk>/", users.user_detail_page, name="user_detail"),
    path("users/<uuid:pk>/invitation/", users.invitation_send_do, name="invitation_send"),
    path("users/<uuid:pk>/disable/", users.user_disable_do, name="user_disable"),
    path("users/<uuid:pk>/enable/", users.user_enable_do, name="user_enable"),
    path("rights/", rights.rights_list_page, name="rights_list"),
    path("rights/locks/", rights.lock_list_page, name="lock_list"),
    path("rights/locks/lift/", rights.lock_lift_do, name="lock_lift"),
    path("rights/<uuid:pk>/", rights.rights_detail_page, name="rights_detail"),
    path("rights/<uuid:pk>/factor/reset/", rights.factor_reset_do, name="factor_reset"),
    path("rights/<uuid:pk>/sessions/end/", rights.user_sessions_end_do, name="user_sessions_end"),
    path("rights/<uuid:pk>/sessions/<uuid:number>/end/", rights.user_session_end_do, name="user_session_end"),
    path("rights/<uuid:pk>/grants/<uuid:grant>/withdraw/", rights.grant_withdraw_do, name="grant_withdraw"),
    path("audit/", audit.audit_list_page, name="audit_list"),
    path("audit/check/", audit.chain_check_do, name="chain_check"),
    path("audit/anchors/", audit.anchors_download, name="anchors"),
    path("audit/<int:seq>/", audit.audit_detail_page, name="audit_detail"),
]
