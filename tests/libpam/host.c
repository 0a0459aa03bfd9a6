/* A program that changes passwords through libpam:
 *     host DIRECTORY-OF-SERVICES SERVICE
 * Each line of standard input is an account, a tab and the new password, which answers every
 * question. What libpam says goes to standard output, and then `pam_chauthtok: CODE`. It exits as
 * the command does, for the last line: 0 changed, 1 refused, 3 anything else.
 * Without headers of PAM, which are in its development package. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct message { int style; const char *text; };
struct response { char *text; int code; };
typedef int converse(int, const struct message **, struct response **, void *);
struct conversation { converse *ask; void *data; };

int pam_start_confdir(const char *, const char *, const struct conversation *, const char *,
                      void **);
int pam_chauthtok(void *, int);
int pam_end(void *, int);

enum { PROMPT_ECHO_OFF = 1, CONV_ERR = 19, AUTHTOK_ERR = 20, MAXTRIES = 11 };

static int ask(int count, const struct message **messages, struct response **responses,
               void *answer) {
    struct response *made = calloc(count, sizeof *made);
    if (!made) return CONV_ERR;
    for (int i = 0; i < count; i++) {
        if (messages[i]->style == PROMPT_ECHO_OFF) {
            if (!(made[i].text = strdup(answer))) return CONV_ERR;
        } else {
            printf("%s\n", messages[i]->text);
        }
    }
    *responses = made;
    return 0;
}

int main(int count, char **arguments) {
    char line[2048];
    int code = -1;
    if (count != 3) return 98;
    while (fgets(line, sizeof line, stdin)) {
        char *password = strchr(line, '\t');
        if (!password) return 97;
        *password++ = 0;
        password[strcspn(password, "\n")] = 0;
        struct conversation conversation = {ask, password};
        void *handle;
        code = pam_start_confdir(arguments[2], line, &conversation, arguments[1], &handle);
        if (!code) {
            code = pam_chauthtok(handle, 0);
            pam_end(handle, code);
        }
        printf("pam_chauthtok: %d\n", code);
        fflush(stdout);
    }
    return code == 0 ? 0 : code == AUTHTOK_ERR || code == MAXTRIES ? 1 : 3;
}
