"""Holds the model server against a client that others wrote.

    pip install 'tritonclient[http]'
    MODEL_REPOSITORY=models node apps/inference/src/main.ts &
    python apps/inference/checks/tritonclient_check.py 127.0.0.1:4810 cells

Runs every call of the protocol that the server speaks, with tensors as JSON and as bytes, and ends with 1 where an
answer is not what it should be.
"""

import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException


def main(address: str, model: str) -> None:
    client = triton.InferenceServerClient(address, concurrency=8)
    check("live", client.is_server_live())
    check("ready", client.is_server_ready())
    server = client.get_server_metadata()
    check("extensions", {"binary_tensor_data", "model_repository"} <= set(server["extensions"]))

    metadata = client.get_model_metadata(model)
    channels = metadata["inputs"][0]["shape"][1]
    types = metadata["outputs"][1]["shape"][1]
    version = metadata["versions"][-1]
    check("model ready", client.is_model_ready(model) and client.is_model_ready(model, version))
    check("another model is not", not client.is_model_ready("nobody-has-this"))

    picture = np.random.default_rng(1).normal(size=(2, channels, 64, 64)).astype(np.float32)
    answers = [
        infer(client, model, picture, sent, wanted) for sent in (True, False) for wanted in (True, False)
    ]
    for foreground, kinds in answers:
        check("shapes", foreground.shape == (2, 1, 64, 64) and kinds.shape == (2, types, 64, 64))
        check("JSON and bytes agree", np.array_equal(foreground, answers[0][0]) and np.array_equal(kinds, answers[0][1]))
    check("defaults", client.infer(model, [tensor(picture, True)], request_id="7").get_response()["id"] == "7")

    pending = [client.async_infer(model, [tensor(picture, True)]) for _ in range(16)]
    for one in pending:
        check("many at a time", np.allclose(one.get_result().as_numpy("foreground"), answers[0][0], atol=1e-5))

    for wrong in (picture[:, :, :63], picture.astype(np.float64), picture[0]):
        refused("a wrong tensor", lambda: client.infer(model, [tensor(wrong, True)]))
    refused("another model", lambda: client.infer("nobody-has-this", [tensor(picture, True)]))

    check("index", any(entry["name"] == model for entry in client.get_model_repository_index()))
    client.unload_model(model)
    check("unloaded", not client.is_model_ready(model))
    refused("an unloaded model", lambda: client.infer(model, [tensor(picture, True)]))
    client.load_model(model)
    check("loaded", client.is_model_ready(model))
    client.close()
    print("all as it should be")


def tensor(values: np.ndarray, binary: bool) -> triton.InferInput:
    datatype = {"float32": "FP32", "float64": "FP64"}[str(values.dtype)]
    made = triton.InferInput("images", list(values.shape), datatype)
    made.set_data_from_numpy(values, binary_data=binary)
    return made


def infer(client, model: str, picture: np.ndarray, sent: bool, wanted: bool):
    outputs = [triton.InferRequestedOutput(name, binary_data=wanted) for name in ("foreground", "types")]
    result = client.infer(model, [tensor(picture, sent)], outputs=outputs)
    return result.as_numpy("foreground"), result.as_numpy("types")


def refused(what: str, call) -> None:
    try:
        call()
    except InferenceServerException as error:
        print(f"  {what} is refused: {error.message()}")
    else:
        check(f"{what} is refused", False)


def check(what: str, holds: bool) -> None:
    if not holds:
        sys.exit(f"FAILED: {what}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
