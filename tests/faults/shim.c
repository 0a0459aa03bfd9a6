/* What a computer does that is not in order, for LD_PRELOAD:
 *     SHIM_SECONDS=N   its clock is N seconds ahead, or behind
 *     SHIM_RANDOM=     it has no random numbers: neither getrandom(2) nor /dev/urandom */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int code = real(clock, time);
    const char *seconds = getenv("SHIM_SECONDS");
    if (!code && clock == CLOCK_REALTIME && seconds) time->tv_sec += atoll(seconds);
    return code;
}

ssize_t getrandom(void *bytes, size_t size, unsigned flags) {
    static ssize_t (*real)(void *, size_t, unsigned);
    if (!real) real = (ssize_t (*)(void *, size_t, unsigned))dlsym(RTLD_NEXT, "getrandom");
    if (!getenv("SHIM_RANDOM")) return real(bytes, size, flags);
    errno = ENOSYS;
    return -1;
}

static int is_random(const char *path) {
    return getenv("SHIM_RANDOM") && (!strcmp(path, "/dev/urandom") || !strcmp(path, "/dev/random"));
}

#define OPEN(name)                                                                                \
    int name(const char *path, int flags, ...) {                                                  \
        static int (*real)(const char *, int, ...);                                               \
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name);               \
        if (is_random(path)) {                                                                    \
            errno = ENOENT;                                                                       \
            return -1;                                                                            \
        }                                                                                         \
        va_list rest;                                                                             \
        va_start(rest, flags);                                                                    \
        mode_t mode = va_arg(rest, mode_t);                                                       \
        va_end(rest);                                                                             \
        return real(path, flags, mode);                                                           \
    }
OPEN(open)
OPEN(open64)
