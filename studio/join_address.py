"""Where a class finds this machine, and that as a picture for phones."""

import io
import socket

import segno

LOOPBACK = "127.0.0.1"


def of_this_machine() -> str:
    """The address by which others in the network reach this machine; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the way to it is looked up
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK


def qr_svg(address: str) -> str:
    """A QR code of the address, as SVG that grows with its place."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False
    )
    return out.getvalue().decode("utf-8")
