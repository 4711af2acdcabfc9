import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """A restart would end the run: another fault in its place. Nobody answers calls: they are not waited for."""
    body = case.body
    if isinstance(body, dict) and body.get("type") == "restart":
        case.body = {**body, "type": "cut"}
    if isinstance(body, dict) and isinstance(body.get("wait"), (int, float)):
        case.body = {name: value for name, value in body.items() if name != "wait"}
