/* A program that changes a password through libpam:
 *     host DIRECTORY-OF-SERVICES SERVICE ACCOUNT < password
 * Every question gets the line of standard input; all that is said goes to standard error. It exits
 * as the command does: 0 changed, 1 refused, 3 anything else; the code of libpam is the last line.
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
            fprintf(stderr, "%s\n", messages[i]->text);
        }
    }
    *responses = made;
    return 0;
}

int main(int count, char **arguments) {
    char password[1024] = "";
    if (count != 4) return 98;
    if (!fgets(password, sizeof password, stdin)) password[0] = 0;
    password[strcspn(password, "\n")] = 0;
    struct conversation conversation = {ask, password};
    void *handle;
    int code = pam_start_confdir(arguments[2], arguments[3], &conversation, arguments[1], &handle);
    if (code) {
        fprintf(stderr, "pam_start_confdir: %d\n", code);
        return 3;
    }
    code = pam_chauthtok(handle, 0);
    pam_end(handle, code);
    fprintf(stderr, "pam_chauthtok: %d\n", code);
    return code == 0 ? 0 : code == AUTHTOK_ERR || code == MAXTRIES ? 1 : 3;
}
