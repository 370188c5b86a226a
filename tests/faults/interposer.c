/* Between a program and the system: counts the calls that change files below one folder, and at the Nth of them
   kills the process, refuses the call, sends a signal, moves the clock, or lets "another program" save a file.
   Loaded with LD_PRELOAD, so that it sees the writes of SQLite as well as those of Python. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { NONE, KILL, TORN, FULL, BROKEN_ONCE, BROKEN, READ_ONLY, INTERRUPT, TERMINATE, CLOCK, SAVED, SAVED_IN_PLACE, SHORT };

static int kind;
static long nth, seen;
static char prefix[PATH_MAX], theirs[PATH_MAX], target[PATH_MAX], trace[PATH_MAX];
static size_t prefix_length;
static int frozen;
static time_t moment, jump;

void fault_arm(int kind_, long nth_, const char *folder, const char *theirs_, const char *target_, long jump_) {
    nth = nth_, seen = 0, jump = jump_;
    snprintf(prefix, sizeof prefix, "%s", folder);
    snprintf(theirs, sizeof theirs, "%s", theirs_);
    snprintf(target, sizeof target, "%s", target_);
    prefix_length = strlen(prefix);
    kind = kind_;
}

long fault_seen(void) { return seen; }
void fault_trace(const char *path) { snprintf(trace, sizeof trace, "%s", path); }
void fault_clock(long at) { frozen = at != 0, moment = at; }

static int inside(const char *path) {
    return prefix_length && !strncmp(path, prefix, prefix_length) && (path[prefix_length] == '/' || !path[prefix_length]);
}

static int below(int folder, const char *path) {
    char whole[PATH_MAX], name[64];
    ssize_t length;
    if (!prefix_length) return 0;
    if (path[0] == '/') return inside(path);
    if (folder == AT_FDCWD) {
        if (syscall(SYS_getcwd, whole, sizeof whole) < 0) return 0;
        return inside(whole);
    }
    snprintf(name, sizeof name, "/proc/self/fd/%d", folder);
    length = syscall(SYS_readlinkat, AT_FDCWD, name, whole, sizeof whole - 1);
    if (length < 0) return 0;
    whole[length] = 0;
    return inside(whole);
}

static int of(int handle) {
    char whole[PATH_MAX], name[64];
    ssize_t length;
    if (!prefix_length) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    length = syscall(SYS_readlinkat, AT_FDCWD, name, whole, sizeof whole - 1);
    if (length < 0) return 0;
    whole[length] = 0;
    return inside(whole);
}

static void note(const char *what, const char *path, int handle) {
    char line[2 * PATH_MAX], whole[PATH_MAX], name[64];
    ssize_t length;
    int out;
    if (!trace[0]) return;
    if (path) snprintf(whole, sizeof whole, "%s", path);
    else {
        snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
        length = syscall(SYS_readlinkat, AT_FDCWD, name, whole, sizeof whole - 1);
        whole[length < 0 ? 0 : length] = 0;
    }
    length = snprintf(line, sizeof line, "%s\t%s\n", what, whole);
    out = syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (out < 0) return;
    syscall(SYS_write, out, line, length);
    syscall(SYS_close, out);
}

static void save_theirs(int in_place) {
    char data[1 << 16];
    ssize_t length;
    int from, to;
    if (!in_place) {
        syscall(SYS_renameat, AT_FDCWD, theirs, AT_FDCWD, target);
        return;
    }
    from = syscall(SYS_openat, AT_FDCWD, theirs, O_RDONLY);
    to = syscall(SYS_openat, AT_FDCWD, target, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    while ((length = syscall(SYS_read, from, data, sizeof data)) > 0) syscall(SYS_write, to, data, length);
    syscall(SYS_close, from), syscall(SYS_close, to);
}

/* Return 0 where the call may go on, or the error that it gets. `grows`: needs room on the disk; `room`: can be torn. */
static int strike(int grows, int torn) {
    long number = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    switch (kind) {
    case KILL:
        if (number == nth) syscall(SYS_kill, getpid(), SIGKILL);
        break;
    case TORN:
        if (number == nth) {
            if (torn) return -1;
            syscall(SYS_kill, getpid(), SIGKILL);
        }
        break;
    case FULL: return number >= nth && grows ? ENOSPC : 0;
    case BROKEN_ONCE: return number == nth ? EIO : 0;
    case BROKEN: return number >= nth ? EIO : 0;
    case READ_ONLY: return number >= nth ? EROFS : 0;
    case INTERRUPT:
        if (number == nth) raise(SIGINT);
        break;
    case TERMINATE:
        if (number == nth) raise(SIGTERM);
        break;
    case CLOCK:
        if (number == nth) moment += jump;
        break;
    case SAVED:
    case SAVED_IN_PLACE:
        if (number == nth) save_theirs(kind == SAVED_IN_PLACE);
        break;
    case SHORT: return torn ? -2 : 0;
    }
    return 0;
}

static void *found(void **kept, const char *name) { return *kept ? *kept : (*kept = dlsym(RTLD_NEXT, name)); }
#define REAL(name) ((__typeof__(&name))found(&real_##name, #name))
#define DECLARE(name) static void *real_##name

DECLARE(write);
ssize_t write(int handle, const void *data, size_t size) {
    if (kind && of(handle)) {
        int error = strike(1, 1);
        if (error == -1) {
            REAL(write)(handle, data, size / 2);
            syscall(SYS_kill, getpid(), SIGKILL);
        }
        if (error == -2) size = size > 1 ? size / 2 : size;
        else if (error) return errno = error, -1;
    }
    note("write", NULL, handle);
    return REAL(write)(handle, data, size);
}

#define PWRITE(name, offset_type)                                                        \
    DECLARE(name);                                                                       \
    ssize_t name(int handle, const void *data, size_t size, offset_type at) {            \
        if (kind && of(handle)) {                                                        \
            int error = strike(1, 1);                                                    \
            if (error == -1) {                                                           \
                REAL(name)(handle, data, size / 2, at);                                  \
                syscall(SYS_kill, getpid(), SIGKILL);                                    \
            }                                                                            \
            if (error > 0) return errno = error, -1;                                     \
        }                                                                                \
        note("write", NULL, handle);                                                     \
        return REAL(name)(handle, data, size, at);                                       \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define BY_HANDLE(name, arguments, passed, grows, said)                                  \
    DECLARE(name);                                                                       \
    int name arguments {                                                                 \
        if (kind && of(handle)) {                                                        \
            int error = strike(grows, 0);                                                \
            if (error > 0) return errno = error, -1;                                     \
        }                                                                                \
        note(said, NULL, handle);                                                        \
        return REAL(name) passed;                                                        \
    }
BY_HANDLE(fsync, (int handle), (handle), 1, "fsync")
BY_HANDLE(fdatasync, (int handle), (handle), 1, "fsync")
BY_HANDLE(ftruncate, (int handle, off_t size), (handle, size), 0, "truncate")
BY_HANDLE(ftruncate64, (int handle, off64_t size), (handle, size), 0, "truncate")
BY_HANDLE(fchmod, (int handle, mode_t mode), (handle, mode), 0, "chmod")

#define BY_PATH(name, arguments, passed, folder, path, grows, said)                      \
    DECLARE(name);                                                                       \
    int name arguments {                                                                 \
        if (kind && below(folder, path)) {                                               \
            int error = strike(grows, 0);                                                \
            if (error > 0) return errno = error, -1;                                     \
        }                                                                                \
        note(said, path, -1);                                                            \
        return REAL(name) passed;                                                        \
    }
BY_PATH(rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, 1, "rename")
BY_PATH(renameat, (int one, const char *from, int other, const char *to), (one, from, other, to), other, to, 1, "rename")
BY_PATH(renameat2, (int one, const char *from, int other, const char *to, unsigned int flags), (one, from, other, to, flags), other, to, 1, "rename")
BY_PATH(unlink, (const char *path), (path), AT_FDCWD, path, 0, "unlink")
BY_PATH(unlinkat, (int folder, const char *path, int flags), (folder, path, flags), folder, path, 0, "unlink")
BY_PATH(rmdir, (const char *path), (path), AT_FDCWD, path, 0, "rmdir")
BY_PATH(mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 1, "mkdir")
BY_PATH(chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 0, "chmod")
BY_PATH(fchmodat, (int folder, const char *path, mode_t mode, int flags), (folder, path, mode, flags), folder, path, 0, "chmod")

#define OPENS(flags) ((flags) & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))
#define OPEN(name)                                                                       \
    DECLARE(name);                                                                       \
    int name(const char *path, int flags, ...) {                                         \
        va_list rest;                                                                    \
        mode_t mode;                                                                     \
        va_start(rest, flags), mode = va_arg(rest, mode_t), va_end(rest);                \
        if (kind && OPENS(flags) && below(AT_FDCWD, path)) {                             \
            int error = strike(flags & O_CREAT && access(path, F_OK), 0);                \
            if (error > 0) return errno = error, -1;                                     \
        }                                                                                \
        if (OPENS(flags)) note("open", path, -1);                                        \
        return REAL(name)(path, flags, mode);                                            \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                     \
    DECLARE(name);                                                                       \
    int name(int folder, const char *path, int flags, ...) {                             \
        va_list rest;                                                                    \
        mode_t mode;                                                                     \
        va_start(rest, flags), mode = va_arg(rest, mode_t), va_end(rest);                \
        if (kind && OPENS(flags) && below(folder, path)) {                               \
            int error = strike(flags & O_CREAT && faccessat(folder, path, F_OK, 0), 0);  \
            if (error > 0) return errno = error, -1;                                     \
        }                                                                                \
        if (OPENS(flags)) note("open", path, -1);                                        \
        return REAL(name)(folder, path, flags, mode);                                    \
    }
OPENAT(openat)
OPENAT(openat64)

DECLARE(clock_gettime);
int clock_gettime(clockid_t clock, struct timespec *at) {
    if (frozen && clock == CLOCK_REALTIME) return at->tv_sec = moment, at->tv_nsec = 0, 0;
    return REAL(clock_gettime)(clock, at);
}
