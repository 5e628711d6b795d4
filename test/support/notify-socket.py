# systemd's end of sd_notify: prints each message on a line. Usage: notify-socket.py PATH [WATCHDOG_SECONDS]
# With a watchdog it prints EXPIRED each time that no message arrives for that long, when systemd would end the service.
import os, socket, sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
if len(sys.argv) > 2:
    listener.settimeout(float(sys.argv[2]))
print("LISTENING", flush=True)
while True:
    try:
        # The sender waits until the descriptor sent with the message is closed.
        message, descriptors, _, _ = socket.recv_fds(listener, 4096, 8)
    except TimeoutError:
        print("EXPIRED", flush=True)
        continue
    for descriptor in descriptors:
        os.close(descriptor)
    print(message.decode().replace("\n", " "), flush=True)
