# systemd's end of sd_notify: prints each message that comes, one a line. Usage: notify-socket.py PATH
import os, socket, sys

listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
print("LISTENING", flush=True)
while True:
    # A descriptor comes with it whose end the sender waits for.
    message, descriptors, _, _ = socket.recv_fds(listener, 4096, 8)
    for descriptor in descriptors:
        os.close(descriptor)
    print(message.decode().replace("\n", " "), flush=True)
