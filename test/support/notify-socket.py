# systemd's end of sd_notify: prints each message that comes, one a line. Usage: notify-socket.py PATH [WATCHDOG_SECONDS]
# With a watchdog it prints EXPIRED, as systemd ends a service, each time that no sign of life has come for so long.
import os, socket, sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
if len(sys.argv) > 2:
    listener.settimeout(float(sys.argv[2]))
print("LISTENING", flush=True)
while True:
    try:
        # A descriptor comes with it whose end the sender waits for.
        message, descriptors, _, _ = socket.recv_fds(listener, 4096, 8)
    except TimeoutError:
        print("EXPIRED", flush=True)
        continue
    for descriptor in descriptors:
        os.close(descriptor)
    print(message.decode().replace("\n", " "), flush=True)
