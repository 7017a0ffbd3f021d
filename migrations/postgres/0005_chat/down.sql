DROP TABLE support_agents;
DROP TABLE chat_messages;
DROP TABLE chats;
